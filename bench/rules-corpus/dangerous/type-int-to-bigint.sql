-- truth: dangerous rewrite
-- every row is written anew under ACCESS EXCLUSIVE
ALTER TABLE invoices ALTER COLUMN number TYPE bigint;
