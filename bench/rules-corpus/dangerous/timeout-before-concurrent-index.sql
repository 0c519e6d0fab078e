-- truth: dangerous timeout
-- an old snapshot elsewhere lets the build time out: an INVALID index stays
SET lock_timeout = '1s';
CREATE INDEX CONCURRENTLY users_age_idx ON users (age);
