-- Who may call, who the people behind the pseudonyms are, and which requests were seen.
-- No name and no number stands in any column as plain text: a dump, a replica or a log of these
-- tables must tell nobody who was trained.

-- Bearer tokens. The token itself is shown once, when issued; it is 256 random bits, so its plain
-- SM3 hash is enough to find it by and useless to whoever reads the table.
CREATE TABLE token (
  token_hash  BYTEA       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  -- The token's public name, by which it is listed, revoked and spoken of in logs.
  token_id    TEXT        NOT NULL UNIQUE,
  role        TEXT        NOT NULL,
  scope_kind  TEXT        NOT NULL CHECK (scope_kind IN ('everywhere', 'region', 'institution')),
  -- The region or the credit code; empty for everywhere.
  scope_value TEXT        NOT NULL,
  issued_at   TIMESTAMPTZ NOT NULL,
  expires_at  TIMESTAMPTZ NOT NULL,
  -- Rows are kept after revocation, so that an audit can still tell whose token it was.
  revoked_at  TIMESTAMPTZ,
  CHECK ((scope_kind = 'everywhere') = (scope_value = ''))
);

-- The vault: the only place that leads from a pseudonym back to a person, and only together with
-- the deployment key, which is not in the database. Each person has a key of their own, so that
-- destroying one wrapped key erases one person everywhere, backups' ciphertexts included.
CREATE TABLE vault_person (
  pseudonym   TEXT        PRIMARY KEY CHECK (length(pseudonym) = 43),
  id_type     TEXT        NOT NULL,
  -- iv(12) ‖ SM4-GCM(key of wrapping, person's key of 16 bytes) ‖ tag(16); AAD is the pseudonym, so
  -- that a row's secrets cannot be moved to another person.
  wrapped_key BYTEA       NOT NULL CHECK (octet_length(wrapped_key) = 44),
  -- The same form under the person's key; AAD is the pseudonym and the field's name.
  name_ct     BYTEA       NOT NULL,
  number_ct   BYTEA       NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Which request an idempotency key was first used for, and what was answered: a retry gets the same
-- bytes. Both hashes are keyed, because a request's body may hold a number, which anyone could find
-- by trying; no answer holds one. Without a status the outcome is unknown, and the request is carried
-- out again.
CREATE TABLE idempotency_key (
  token_id     TEXT        NOT NULL,
  key_hash     BYTEA       NOT NULL CHECK (octet_length(key_hash) = 32),
  request_hash BYTEA       NOT NULL CHECK (octet_length(request_hash) = 32),
  created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  status       INTEGER,
  media_type   TEXT,
  location     TEXT,
  body         TEXT,
  PRIMARY KEY (token_id, key_hash)
);
