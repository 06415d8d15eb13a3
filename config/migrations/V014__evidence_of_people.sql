-- People taken off a roster: they are off the sheet, and evidence notes it beside their receipts.
CREATE TABLE unenrolment (
  class_id      TEXT NOT NULL,
  person        TEXT NOT NULL,
  unenrolled_at TEXT NOT NULL,
  unenrolled_by TEXT,
  side          TEXT,
  PRIMARY KEY (class_id, person)
);

-- Corrections that waited when their class was closed, and were given up by name.
ALTER TABLE correction ADD COLUMN dropped BOOLEAN NOT NULL DEFAULT false;

-- Who vouched for whom: a witness counts for a few people and lessons only.
ALTER TABLE receipt ADD COLUMN witness TEXT COLLATE "C";
CREATE TABLE assisted_sign_in (
  class_id  TEXT COLLATE "C" NOT NULL,
  lesson    TEXT COLLATE "C" NOT NULL,
  person    TEXT COLLATE "C" NOT NULL,
  witness   TEXT COLLATE "C" NOT NULL,
  tapped_at BIGINT           NOT NULL, -- milliseconds, by the device's clock
  PRIMARY KEY (class_id, lesson, person, witness)
);

-- The site a class is held at, if it was filed.
ALTER TABLE flag_class ADD COLUMN site TEXT;
