-- truth: safe
ALTER TABLE invoices DROP CONSTRAINT invoices_code_check;
