-- truth: safe
ALTER TABLE invoices RENAME CONSTRAINT invoices_code_check TO code_there;
