-- truth: dangerous fails
-- ALTER SYSTEM cannot run in a transaction block
BEGIN;
ALTER SYSTEM SET work_mem = '8MB';
COMMIT;
