-- truth: dangerous fails
-- the column is the partition key
ALTER TABLE readings ALTER COLUMN at TYPE timestamp;
