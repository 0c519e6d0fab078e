-- truth: safe
CREATE OR REPLACE VIEW sent_invoices AS SELECT id, user_id, total, number FROM invoices WHERE state = 'sent';
