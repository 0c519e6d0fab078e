-- truth: dangerous scan
-- a new column with a default and a key is proved for all rows
ALTER TABLE articles ADD COLUMN author_id bigint DEFAULT 1 REFERENCES users (id);
