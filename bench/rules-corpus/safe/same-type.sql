-- truth: safe
ALTER TABLE invoices ALTER COLUMN number TYPE integer;
