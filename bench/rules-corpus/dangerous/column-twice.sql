-- truth: dangerous fails
-- the column is there already
ALTER TABLE users ADD COLUMN age smallint;
