-- truth: dangerous fails
-- there is no such column
CREATE INDEX CONCURRENTLY users_city_idx ON users (city);
