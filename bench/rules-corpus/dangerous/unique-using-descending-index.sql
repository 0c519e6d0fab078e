-- truth: dangerous fails
-- an index with DESC cannot become a constraint
CREATE UNIQUE INDEX CONCURRENTLY users_nick_key ON users (nick DESC);
ALTER TABLE users ADD CONSTRAINT users_nick_key UNIQUE USING INDEX users_nick_key;
