-- truth: dangerous deadlock
-- two tables locked one after the other: clients take them in another order
BEGIN;
ALTER TABLE users ADD COLUMN city text;
ALTER TABLE articles ADD COLUMN author text;
COMMIT;
