-- truth: dangerous fails
-- REINDEX CONCURRENTLY cannot run in a transaction block
BEGIN;
REINDEX INDEX CONCURRENTLY invoices_user_idx;
COMMIT;
