-- Where a voucher may be used, when it was issued, and who is at work under an idempotency key.

-- Codes separated by commas; absent where none was named.
ALTER TABLE voucher
  ADD COLUMN usable_regions      TEXT,
  ADD COLUMN usable_institutions TEXT,
  ADD COLUMN issued_at           TIMESTAMPTZ; -- absent: written by an older version

-- Of the vouchers there are: their first event says it.
UPDATE voucher
SET issued_at = (convert_from(event_payload, 'UTF8')::json ->> 'at')::timestamptz
FROM event_journal
WHERE persistence_id = 'voucher|' || voucher_id AND sequence_number = 1;

-- The vouchers of a person: those issued before, and those that fit a class.
CREATE INDEX voucher_holder_idx ON voucher (holder);
-- The classes of a person, whose hours may intersect.
CREATE INDEX enrolment_person_idx ON enrolment (person);

-- Until then the call that claimed the key is at work, and another one waits for its answer; absent
-- when nobody is. By the database's clock.
ALTER TABLE idempotency_key ADD COLUMN working_until TIMESTAMPTZ;
