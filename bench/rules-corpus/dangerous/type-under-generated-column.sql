-- truth: dangerous fails
-- a generated column reads the column
ALTER TABLE lines ALTER COLUMN amount TYPE bigint;
