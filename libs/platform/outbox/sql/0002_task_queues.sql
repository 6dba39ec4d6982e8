-- On whose account a task is, and its turn among all waiting entries of that task; see the README's "Turns".
ALTER TABLE outbox_entry ADD COLUMN fair_key text, ADD COLUMN turn integer;
CREATE INDEX outbox_entry_turn ON outbox_entry (name, turn) WHERE turn IS NOT NULL;
CREATE INDEX outbox_entry_fair ON outbox_entry (name, fair_key, turn) WHERE turn IS NOT NULL;

-- Tasks that an operator paused: no process starts them, whatever Redis says.
CREATE TABLE outbox_pause (
  task      text        PRIMARY KEY,
  paused_at timestamptz NOT NULL DEFAULT now()
);
