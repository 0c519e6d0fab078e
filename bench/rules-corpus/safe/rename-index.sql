-- truth: safe
ALTER INDEX invoices_state_idx RENAME TO invoices_by_state;
