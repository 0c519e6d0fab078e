-- truth: dangerous rewrite
-- every row is written anew
ALTER TABLE users ALTER COLUMN age TYPE text USING age::text;
