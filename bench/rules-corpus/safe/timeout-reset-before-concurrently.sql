-- truth: safe
SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN city text;
RESET lock_timeout;
CREATE INDEX CONCURRENTLY users_city_idx ON users (city);
