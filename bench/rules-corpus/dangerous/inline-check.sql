-- truth: dangerous scan
-- all rows are read to prove what holds for NULL anyway
ALTER TABLE users ADD COLUMN height integer CHECK (height > 0);
