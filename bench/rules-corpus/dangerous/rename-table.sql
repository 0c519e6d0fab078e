-- truth: dangerous breaks-clients
-- old code knows the old name
ALTER TABLE articles RENAME TO products;
