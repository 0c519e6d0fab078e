-- truth: dangerous scan
-- the column allows nulls: the whole table is read under ACCESS EXCLUSIVE
CREATE UNIQUE INDEX CONCURRENTLY logs_key ON logs (id);
ALTER TABLE logs ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_key;
