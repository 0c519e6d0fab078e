-- truth: dangerous breaks-clients
-- old code knows the old name
ALTER TABLE users RENAME COLUMN name TO full_name;
