-- truth: dangerous scan
-- SHARE on users until the index is built: writes wait
CREATE INDEX users_age_idx ON users (age);
