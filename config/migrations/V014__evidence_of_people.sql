-- People taken off a roster: they are off the sheet, and evidence notes it beside their receipts.
CREATE TABLE unenrolment (
  class_id      TEXT NOT NULL,
  person        TEXT NOT NULL,
  unenrolled_at TEXT NOT NULL,
  unenrolled_by TEXT,
  side          TEXT,
  PRIMARY KEY (class_id, person)
);
