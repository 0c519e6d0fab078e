-- truth: dangerous fails
-- a new value cannot be used before it is committed
BEGIN;
ALTER TYPE status ADD VALUE 'void';
ALTER TABLE invoices ALTER COLUMN state SET DEFAULT 'void';
COMMIT;
