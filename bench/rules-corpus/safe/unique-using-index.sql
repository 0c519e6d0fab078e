-- truth: safe
CREATE UNIQUE INDEX CONCURRENTLY users_nick_key ON users (nick);
ALTER TABLE users ADD CONSTRAINT users_nick_key UNIQUE USING INDEX users_nick_key;
