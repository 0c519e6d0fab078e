-- truth: safe
BEGIN;
ALTER TABLE articles RENAME TO products;
CREATE VIEW articles AS SELECT id, title FROM products;
GRANT SELECT, INSERT, UPDATE, DELETE ON articles TO app;
COMMIT;
