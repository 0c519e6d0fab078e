-- truth: dangerous rewrite
-- ACCESS EXCLUSIVE on the index: queries that plan with it wait
REINDEX INDEX invoices_user_idx;
