-- truth: dangerous scan
-- the index is built under ACCESS EXCLUSIVE
ALTER TABLE users ADD CONSTRAINT users_nick_key UNIQUE (nick);
