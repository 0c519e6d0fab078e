-- truth: dangerous scan
-- the index is built anew under ACCESS EXCLUSIVE
ALTER TABLE users ALTER COLUMN email TYPE varchar(100) COLLATE "POSIX";
