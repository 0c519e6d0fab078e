-- truth: dangerous rewrite
-- SHARE on invoices and ACCESS EXCLUSIVE on its indexes while all are built anew
REINDEX TABLE invoices;
