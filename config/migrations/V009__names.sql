-- A name belongs to the source that brought it: one row for each person and source, so that no reader is shown
-- a name which another institution wrote for the same number. Rows of vault_person written from here
-- on hold an empty name; older rows hold the first name ever written, which is read only for classes
-- without a name of their own here.
CREATE TABLE vault_name (
  pseudonym   TEXT COLLATE "C" NOT NULL REFERENCES vault_person ON DELETE CASCADE,
  -- roster: by the institution of a class. card: off a card verified in a class. filing: a teacher's.
  -- authority: by the authority that issued a voucher.
  source_kind TEXT NOT NULL CHECK (source_kind IN ('roster', 'card', 'filing', 'authority')),
  -- The class; of an authority its region.
  source      TEXT COLLATE "C" NOT NULL,
  -- iv(12) ‖ SM4-GCM(person's key, name) ‖ tag(16); AAD is pseudonym, field and source.
  name_ct     BYTEA       NOT NULL,
  written_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (pseudonym, source_kind, source)
);
