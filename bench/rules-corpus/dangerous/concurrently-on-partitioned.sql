-- truth: dangerous fails
-- an index on a partitioned table cannot be built concurrently
CREATE INDEX CONCURRENTLY readings_at_idx ON readings (at);
