-- truth: dangerous scan
-- the table stays, but the index on lower(nick) is built anew
ALTER TABLE users ALTER COLUMN nick TYPE varchar(60);
