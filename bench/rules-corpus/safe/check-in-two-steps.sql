-- truth: safe
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_positive;
COMMIT;
