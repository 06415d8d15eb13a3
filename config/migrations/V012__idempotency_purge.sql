-- Keys are kept for a time that depends on what they are of: those of a class's paperwork as long as
-- a receipt may be asked for, all others for some weeks. Which one is stored, and not until when, so
-- that a changed setting holds for the keys that are there. Keys from before count as of a class.
ALTER TABLE idempotency_key ADD COLUMN of_class BOOLEAN NOT NULL DEFAULT true;
-- The oldest first, which are deleted in batches.
CREATE INDEX idempotency_key_age ON idempotency_key (of_class, created_at);
