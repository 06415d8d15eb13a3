-- Flags (预警), and what they are found from. One follower keeps these tables for all classes in the
-- journal's order, because a person's classes and a device's classes may lie in different slices of
-- the other read models. They too follow from the journal: emptied together with the offset of the
-- follower "flags", they fill again with the same rows.
--
-- Times of taps are milliseconds by the device's clock, as far as that was believed.

-- What a class is judged by, and how many of its events have been: none twice, none passed over.
CREATE TABLE flag_class (
  class_id      TEXT COLLATE "C" PRIMARY KEY,
  last_sequence BIGINT NOT NULL,
  institution   TEXT   NOT NULL,
  region        TEXT   NOT NULL,
  rules         TEXT   NOT NULL, -- JSON
  teachers      TEXT[] NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE flag_lesson (
  class_id   TEXT COLLATE "C" NOT NULL,
  lesson     TEXT COLLATE "C" NOT NULL,
  starts_at  BIGINT           NOT NULL, -- milliseconds
  ends_at    BIGINT           NOT NULL, -- milliseconds
  ended      BOOLEAN          NOT NULL DEFAULT false, -- an event of this time or later was seen
  people     INTEGER          NOT NULL DEFAULT 0,     -- trainees who signed in; known when ended
  order_hash TEXT             NOT NULL DEFAULT '',    -- of their order; empty for too few
  PRIMARY KEY (class_id, lesson)
);
CREATE INDEX flag_lesson_due_idx ON flag_lesson (ends_at, class_id, lesson) WHERE NOT ended;

-- Every tap the journal tells of, with a receipt or without.
CREATE TABLE sighting (
  class_id   TEXT COLLATE "C" NOT NULL,
  statement  TEXT COLLATE "C" NOT NULL, -- device/counter, or lesson/act/person where none signed
  lesson     TEXT COLLATE "C" NOT NULL,
  act        TEXT             NOT NULL,
  person     TEXT COLLATE "C",          -- absent where nobody knows whose it was
  tapped_at  BIGINT,                    -- absent where the time could not be proven
  device     TEXT COLLATE "C",          -- absent where a person's phone was used
  counter    BIGINT           NOT NULL,
  site       TEXT,                      -- institution/site; absent in old events
  teacher    BOOLEAN          NOT NULL,
  counted    BOOLEAN          NOT NULL, -- verified, be it for the second time
  too_fast   BOOLEAN          NOT NULL, -- after the last tap, for two people
  receipt    BIGINT,                    -- its number in the class
  arrived_at BIGINT,                    -- milliseconds; absent online
  PRIMARY KEY (class_id, statement)
);
CREATE INDEX sighting_lesson_idx ON sighting (class_id, lesson);
CREATE INDEX sighting_counter_idx ON sighting (class_id, device, counter);
CREATE INDEX sighting_person_idx ON sighting (person, tapped_at) WHERE counted;
CREATE INDEX sighting_device_idx ON sighting (device, tapped_at);

-- Counters that a device passed over, until its statements have come.
CREATE TABLE counter_gap (
  class_id  TEXT COLLATE "C" NOT NULL,
  device    TEXT COLLATE "C" NOT NULL,
  received  BIGINT           NOT NULL, -- the counter that came
  expected  BIGINT           NOT NULL, -- the one that should have
  lesson    TEXT COLLATE "C" NOT NULL,
  noted_at  TEXT             NOT NULL, -- ISO 8601, as the event has it
  waived_at TEXT,                      -- absent while it is waited for
  PRIMARY KEY (class_id, device, received)
);

CREATE TABLE flag (
  flag_id     TEXT COLLATE "C" PRIMARY KEY, -- follows from kind, class and what it points at
  kind        TEXT             NOT NULL,
  level       INTEGER          NOT NULL,
  class_id    TEXT COLLATE "C" NOT NULL,
  institution TEXT             NOT NULL,
  region      TEXT             NOT NULL,
  lesson      TEXT COLLATE "C",
  person      TEXT COLLATE "C",
  device      TEXT COLLATE "C",
  facts       TEXT             NOT NULL, -- JSON
  raised_at   TEXT             NOT NULL, -- ISO 8601: when what it tells of happened
  state       TEXT             NOT NULL
              CHECK (state IN ('open', 'cleared', 'confirmed', 'dismissed')),
  decided_by  TEXT,
  reason      TEXT,
  decided_at  TEXT,
  CHECK ((state IN ('confirmed', 'dismissed')) = (decided_by IS NOT NULL))
);
CREATE INDEX flag_class_idx ON flag (class_id, flag_id);
CREATE INDEX flag_institution_idx ON flag (institution, flag_id);
CREATE INDEX flag_open_idx ON flag (flag_id) WHERE state = 'open';
