-- truth: dangerous rewrite
-- every row is written anew, and a value may not fit
ALTER TABLE logs ALTER COLUMN id TYPE integer;
