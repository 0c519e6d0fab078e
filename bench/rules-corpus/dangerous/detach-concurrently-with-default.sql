-- truth: dangerous fails
-- a default partition is in the way
ALTER TABLE readings DETACH PARTITION readings_2025 CONCURRENTLY;
