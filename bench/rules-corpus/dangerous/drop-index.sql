-- truth: dangerous lock
-- ACCESS EXCLUSIVE on invoices, where CONCURRENTLY would block nobody
DROP INDEX invoices_state_idx;
