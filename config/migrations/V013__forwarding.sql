-- What an answer without acknowledgement means, why a message is parked, and since when it waits.
-- An acknowledged message is 'delivered'; one that was answered 2xx without one is 'accepted'.
ALTER TABLE evidence DROP CONSTRAINT evidence_state_check;
ALTER TABLE evidence ADD CONSTRAINT evidence_state_check
  CHECK (state IN ('pending', 'accepted', 'delivered', 'parked'));
ALTER TABLE evidence ADD COLUMN failure_cause TEXT; -- of the last failed attempt, a word: status_503
ALTER TABLE evidence ADD COLUMN created_at TIMESTAMPTZ NOT NULL DEFAULT now();
UPDATE evidence SET failure_cause = CASE
    WHEN last_error LIKE 'status %' THEN replace(last_error, ' ', '_')
    WHEN last_error LIKE 'no answer%' THEN 'timeout'
    WHEN last_error = 'cannot connect' THEN 'cannot_connect'
    WHEN last_error LIKE 'the acknowledge%' THEN 'acknowledgement_invalid'
    ELSE 'connection_failed'
  END
  WHERE state <> 'delivered' AND last_error IS NOT NULL;
CREATE INDEX evidence_unfinished_idx ON evidence (state, created_at) WHERE state IN ('pending', 'parked');
