-- What a scan need not pay for.

-- The feed follows by (tx, ordering); nothing looks for an ordering alone.
DROP INDEX event_journal_ordering_idx;

-- Half of a snapshot is hashes, which do not compress: to try costs more than the rest of its write.
ALTER TABLE snapshot ALTER COLUMN snapshot_payload SET STORAGE EXTERNAL;
