-- truth: safe
REINDEX INDEX CONCURRENTLY invoices_user_idx;
