-- First answers to writes that carried an Idempotency-Key, kept for 24 hours.
CREATE TABLE idempotency_key (
  scope        bytea       NOT NULL,
  request      bytea       NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  locked_until timestamptz NOT NULL,
  status       integer,
  body         text,
  PRIMARY KEY (scope)
);
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);
