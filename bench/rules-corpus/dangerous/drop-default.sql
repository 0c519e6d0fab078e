-- truth: dangerous breaks-clients
-- old code inserts without the column
ALTER TABLE users ALTER COLUMN language DROP DEFAULT;
