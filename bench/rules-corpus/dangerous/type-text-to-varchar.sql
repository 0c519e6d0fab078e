-- truth: dangerous rewrite
-- every value is measured, every row written anew
ALTER TABLE articles ALTER COLUMN title TYPE varchar(200);
