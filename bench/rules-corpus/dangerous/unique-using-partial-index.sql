-- truth: dangerous fails
-- a partial index cannot become a constraint
CREATE UNIQUE INDEX CONCURRENTLY users_nick_live ON users (nick) WHERE age > 18;
ALTER TABLE users ADD CONSTRAINT users_nick_live UNIQUE USING INDEX users_nick_live;
