-- What the read side knows. Every row follows from the journal: emptied together with applied and
-- the projection's offsets, these tables fill again. Nothing here holds a name or a number of a
-- person, and no free text written about one.
--
-- Ids are ordered by bytes (COLLATE "C"), so that a cursor means the same on every machine. Times
-- that evidence is made of are the event's own ISO 8601 text: a timestamptz would round them to
-- microseconds, and the evidence would hash to something else than the journal's.

-- How far each entity has been applied, and the guard against applying an event twice or passing
-- over one. Read by the audit.
CREATE TABLE applied (
  persistence_id VARCHAR(255) PRIMARY KEY,
  last_sequence  BIGINT NOT NULL,
  events         BIGINT NOT NULL
);

CREATE TABLE voucher (
  voucher_id   TEXT COLLATE "C" PRIMARY KEY,
  state        TEXT        NOT NULL,
  state_before TEXT,       -- of a frozen one: what it returns to
  holder       TEXT        NOT NULL,
  region       TEXT        NOT NULL,
  occupation   TEXT        NOT NULL,
  level        INTEGER     NOT NULL,
  expires_at   TIMESTAMPTZ NOT NULL,
  class_id     TEXT COLLATE "C"
);
CREATE INDEX voucher_class_idx ON voucher (class_id) WHERE class_id IS NOT NULL;

-- Every receipt updates its class's row: room in the page keeps the update in it.
CREATE TABLE training_class (
  class_id          TEXT COLLATE "C" PRIMARY KEY,
  state             TEXT    NOT NULL,
  institution       TEXT    NOT NULL,
  region            TEXT    NOT NULL,
  occupation        TEXT    NOT NULL,
  level             INTEGER NOT NULL,
  title             TEXT    NOT NULL,
  filing            TEXT    NOT NULL, -- JSON
  rules             TEXT    NOT NULL, -- JSON
  filed_at          TEXT    NOT NULL,
  approved_at       TEXT,
  closed_at         TEXT,
  receipts          BIGINT  NOT NULL DEFAULT 0,
  last_payload_hash TEXT
) WITH (fillfactor = 70);
CREATE INDEX training_class_institution_idx ON training_class (institution, class_id);

-- The roster. A voucher may stand here for a holder who is not enrolled yet.
CREATE TABLE enrolment (
  class_id TEXT COLLATE "C" NOT NULL REFERENCES training_class,
  person   TEXT COLLATE "C" NOT NULL,
  position INTEGER          NOT NULL, -- the order of the roster
  enrolled BOOLEAN          NOT NULL,
  voucher  TEXT COLLATE "C",
  PRIMARY KEY (class_id, person),
  UNIQUE (class_id, position),
  CHECK (enrolled OR voucher IS NOT NULL)
);

CREATE TABLE lesson (
  class_id  TEXT COLLATE "C" NOT NULL REFERENCES training_class,
  lesson_id TEXT COLLATE "C" NOT NULL,
  position  INTEGER          NOT NULL, -- the order of the timetable
  title     TEXT             NOT NULL,
  kind      TEXT             NOT NULL,
  starts_at TEXT             NOT NULL,
  ends_at   TEXT             NOT NULL,
  PRIMARY KEY (class_id, lesson_id)
);

CREATE TABLE receipt (
  receipt_id   TEXT COLLATE "C" PRIMARY KEY,
  class_id     TEXT COLLATE "C" NOT NULL, -- no reference: the same statement updates the class
  sequence     BIGINT           NOT NULL,
  person       TEXT COLLATE "C" NOT NULL,
  lesson       TEXT COLLATE "C" NOT NULL,
  act          TEXT             NOT NULL,
  late         BOOLEAN          NOT NULL,
  voucher      TEXT COLLATE "C",          -- absent where a class needs none
  record       TEXT             NOT NULL,
  payload_hash TEXT             NOT NULL,
  iat          BIGINT           NOT NULL, -- milliseconds
  UNIQUE (class_id, sequence)
);
