-- truth: dangerous breaks-clients
-- old code inserts without the column, and has no default any more
ALTER TABLE users ADD COLUMN city text NOT NULL DEFAULT '';
ALTER TABLE users ALTER COLUMN city DROP DEFAULT;
