-- truth: dangerous scan
-- the index is built under ACCESS EXCLUSIVE
ALTER TABLE accounts ADD CONSTRAINT accounts_apart EXCLUDE USING gist (int8range(id, id, '[]') WITH &&);
