-- truth: dangerous rewrite
-- a number of its own for each row
ALTER TABLE users ADD COLUMN position bigserial;
