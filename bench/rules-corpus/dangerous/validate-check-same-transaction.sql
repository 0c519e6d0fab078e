-- truth: dangerous scan
-- ACCESS EXCLUSIVE of NOT VALID is kept while VALIDATE reads
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_positive;
COMMIT;
