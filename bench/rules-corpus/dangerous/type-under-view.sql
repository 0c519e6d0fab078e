-- truth: dangerous fails
-- a view reads the column
ALTER TABLE invoices ALTER COLUMN total TYPE numeric(14, 2);
