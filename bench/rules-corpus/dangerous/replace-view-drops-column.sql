-- truth: dangerous fails
-- CREATE OR REPLACE VIEW cannot leave a column out
CREATE OR REPLACE VIEW sent_invoices AS SELECT id, user_id FROM invoices WHERE state = 'sent';
