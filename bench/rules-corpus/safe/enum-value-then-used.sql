-- truth: safe
BEGIN;
ALTER TYPE status ADD VALUE 'void';
COMMIT;

BEGIN;
UPDATE invoices SET state = 'void' WHERE id = 5;
COMMIT;
