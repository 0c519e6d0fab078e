-- truth: dangerous rewrite
-- one part of the list rewrites the table
ALTER TABLE lines ADD COLUMN colour text, ADD COLUMN weight numeric DEFAULT random();
