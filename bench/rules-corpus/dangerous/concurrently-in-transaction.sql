-- truth: dangerous fails
-- a concurrent build cannot run in a transaction block
BEGIN;
ALTER TABLE users ADD COLUMN city text;
CREATE INDEX CONCURRENTLY users_city_idx ON users (city);
COMMIT;
