-- truth: dangerous rewrite
-- a number of its own for each row
ALTER TABLE logs ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY;
