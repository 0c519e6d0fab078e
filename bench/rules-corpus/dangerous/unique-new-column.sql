-- truth: dangerous scan
-- the index of the new column is built under ACCESS EXCLUSIVE
ALTER TABLE users ADD COLUMN passport text UNIQUE;
