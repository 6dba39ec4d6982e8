-- What publishers of other processes have promised to keep for this module. Until then it is not ready: an event
-- published before would be lost to it.
CREATE TABLE confirmed_subscription (
  publisher     text        PRIMARY KEY,
  subscriptions jsonb       NOT NULL,
  confirmed_at  timestamptz NOT NULL DEFAULT now()
);
