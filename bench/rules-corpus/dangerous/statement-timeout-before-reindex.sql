-- truth: dangerous timeout
-- an old snapshot elsewhere lets the build time out: an INVALID index stays
SET statement_timeout = '1500ms';
REINDEX INDEX CONCURRENTLY invoices_user_idx;
