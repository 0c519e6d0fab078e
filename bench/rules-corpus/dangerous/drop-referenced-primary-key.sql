-- truth: dangerous fails
-- foreign keys stand on it
ALTER TABLE users DROP CONSTRAINT users_pkey;
