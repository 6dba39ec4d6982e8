-- What this module has to tell: events for other domains, tasks for itself. A row leaves when every consumer is done.
CREATE TABLE outbox_entry (
  id             uuid        PRIMARY KEY,
  kind           text        NOT NULL CHECK (kind IN ('event', 'task')),
  name           text        NOT NULL,
  version        integer     NOT NULL,
  entity_id      text,
  entity_version bigint,
  payload        jsonb       NOT NULL,
  meta           jsonb       NOT NULL,
  key            text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  run_at         timestamptz NOT NULL DEFAULT now(),
  -- Handed to the queue at this time; null: waiting for the relay.
  relayed_at     timestamptz,
  relays         integer     NOT NULL DEFAULT 0,
  -- Consumers that have not confirmed; null until the relay has looked up who subscribes.
  pending        text[],
  -- Tasks only: who runs it, until when unless renewed, and how often it started and failed.
  lease_owner    uuid,
  lease_until    timestamptz,
  starts         integer     NOT NULL DEFAULT 0,
  failures       integer     NOT NULL DEFAULT 0,
  last_error     text
) WITH (fillfactor = 70);
CREATE INDEX outbox_entry_waiting ON outbox_entry (run_at, id) WHERE relayed_at IS NULL;
CREATE UNIQUE INDEX outbox_entry_key ON outbox_entry (name, key) WHERE key IS NOT NULL;

-- Who wants this module's events. Durable, so that publishing does not depend on who is running.
CREATE TABLE outbox_subscription (
  event    text NOT NULL,
  consumer text NOT NULL,
  module   text NOT NULL,
  PRIMARY KEY (event, consumer)
);

-- What this module's reactions have already done; written in the transaction of the effect.
CREATE TABLE inbox (
  consumer text        NOT NULL,
  entry_id uuid        NOT NULL,
  done_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, entry_id)
);
CREATE INDEX inbox_done_at ON inbox (done_at);

-- What failed for good, until an operator replays or discards it.
CREATE TABLE dead_letter (
  id         uuid        NOT NULL,
  consumer   text        NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('event', 'task')),
  name       text        NOT NULL,
  entry      jsonb       NOT NULL,
  reason     text        NOT NULL,
  died_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, consumer)
);

-- When each schedule is next due, over all processes.
CREATE TABLE schedule (
  name    text        PRIMARY KEY,
  next_at timestamptz NOT NULL
);
