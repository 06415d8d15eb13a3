-- Attendance in the field: institutions, how each sign-in was made, and what people added.
-- Like all read models these tables follow from the journal and can be filled anew.

-- The directory (培训机构目录).
CREATE TABLE institution (
  credit_code   TEXT COLLATE "C" PRIMARY KEY,
  region        TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  qualification TEXT    NOT NULL,
  edition       INTEGER NOT NULL,
  state         TEXT    NOT NULL
);

-- The sign-in (签到) behind each check-in (考勤) that has a receipt: who was here, how that was made
-- sure, where and when. Receipts from before have none of it.
ALTER TABLE receipt
  ADD COLUMN way        TEXT    NOT NULL DEFAULT 'physical_card',
  ADD COLUMN authority  TEXT    NOT NULL DEFAULT 'card_platform',
  ADD COLUMN online     BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN tapped_at  BIGINT, -- milliseconds, by the device's clock
  ADD COLUMN device     TEXT COLLATE "C",
  ADD COLUMN counter    BIGINT,
  ADD COLUMN site       TEXT,
  ADD COLUMN room       TEXT;

-- Offline statements that gave no receipt: refused, repeated, or captured and not verified.
CREATE TABLE set_aside (
  class_id  TEXT COLLATE "C" NOT NULL,
  device    TEXT COLLATE "C" NOT NULL,
  counter   BIGINT           NOT NULL,
  person    TEXT COLLATE "C",          -- absent where nobody knows whose it was
  lesson    TEXT COLLATE "C" NOT NULL,
  act       TEXT             NOT NULL,
  reason    TEXT             NOT NULL,
  tapped_at BIGINT           NOT NULL, -- milliseconds, by the device's clock
  PRIMARY KEY (class_id, device, counter)
);

CREATE TABLE spot_check (
  class_id   TEXT COLLATE "C" NOT NULL,
  lesson     TEXT COLLATE "C" NOT NULL,
  opens_at   TEXT             NOT NULL,
  closes_at  TEXT             NOT NULL,
  called_by  TEXT             NOT NULL,
  PRIMARY KEY (class_id, lesson)
);

CREATE TABLE correction (
  class_id        TEXT COLLATE "C" NOT NULL,
  correction_id   TEXT COLLATE "C" NOT NULL,
  person          TEXT COLLATE "C" NOT NULL,
  lesson          TEXT COLLATE "C" NOT NULL,
  kind            TEXT             NOT NULL,
  reason          TEXT             NOT NULL,
  proposed_by     TEXT             NOT NULL,
  proposed_at     TEXT             NOT NULL,
  approved        BOOLEAN,         -- absent while it waits for a second person
  decided_by      TEXT,
  decided_reason  TEXT,
  decided_at      TEXT,
  PRIMARY KEY (class_id, correction_id)
);

-- Who changed a timetable that stood, and why.
CREATE TABLE timetable_change (
  class_id   TEXT COLLATE "C" NOT NULL,
  changed_at TEXT             NOT NULL,
  changed_by TEXT             NOT NULL,
  reason     TEXT             NOT NULL,
  lessons    INTEGER          NOT NULL,
  PRIMARY KEY (class_id, changed_at)
);
