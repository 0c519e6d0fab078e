-- truth: dangerous rewrite
-- the table and its indexes are written anew
ALTER TABLE accounts SET UNLOGGED;
