-- Evidence of closed classes on its way downstream. Made by the read side in the transaction that
-- applies the class's end, sent by the forwarder; the parked rows are its table of parked messages.
CREATE TABLE evidence (
  evidence_id     TEXT COLLATE "C" PRIMARY KEY,
  class_id        TEXT COLLATE "C" NOT NULL UNIQUE,
  institution     TEXT             NOT NULL,
  region          TEXT             NOT NULL,
  closed_at       TEXT             NOT NULL, -- ISO 8601, as the event has it
  content         TEXT             NOT NULL, -- canonical JSON
  content_hash    TEXT             NOT NULL,
  state           TEXT             NOT NULL DEFAULT 'pending'
                  CHECK (state IN ('pending', 'delivered', 'parked')),
  attempts        INTEGER          NOT NULL DEFAULT 0, -- begun since it was made or unparked
  claim           BIGINT           NOT NULL DEFAULT 0, -- counts attempts for ever: only the last may say it failed
  next_attempt_at TIMESTAMPTZ      NOT NULL DEFAULT now(),
  last_error      TEXT,
  acknowledgement TEXT,                                -- JSON, as answered
  CHECK ((state = 'delivered') = (acknowledgement IS NOT NULL))
);
CREATE INDEX evidence_due_idx ON evidence (next_attempt_at) WHERE state = 'pending';
