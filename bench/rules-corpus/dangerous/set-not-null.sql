-- truth: dangerous scan
-- all rows are read under ACCESS EXCLUSIVE
ALTER TABLE users ALTER COLUMN nick SET NOT NULL;
