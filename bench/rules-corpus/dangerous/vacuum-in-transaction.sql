-- truth: dangerous fails
-- VACUUM cannot run in a transaction block
BEGIN;
VACUUM accounts;
COMMIT;
