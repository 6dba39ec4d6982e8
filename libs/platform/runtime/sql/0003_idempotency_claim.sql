-- Whose request is being carried out: `claim` tells this try from every other, `holder` is the pool that tries
-- (the application_name of its sessions). Null in rows of versions before.
ALTER TABLE idempotency_key ADD COLUMN claim uuid, ADD COLUMN holder text;
