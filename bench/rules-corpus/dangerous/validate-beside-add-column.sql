-- truth: dangerous scan
-- VALIDATE reads under the lock that ADD COLUMN needs
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_positive, ADD COLUMN currency text;
COMMIT;
