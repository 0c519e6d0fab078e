-- truth: dangerous fails
-- a new value cannot be used before it is committed
BEGIN;
ALTER TYPE status ADD VALUE 'void';
UPDATE invoices SET state = 'void' WHERE id = 5;
COMMIT;
