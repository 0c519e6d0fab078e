-- truth: dangerous fails
-- a view reads the column
ALTER TABLE invoices DROP COLUMN total;
