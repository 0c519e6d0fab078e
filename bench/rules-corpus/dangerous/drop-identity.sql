-- truth: dangerous breaks-clients
-- old code inserts without a key
ALTER TABLE users ALTER COLUMN id DROP IDENTITY;
