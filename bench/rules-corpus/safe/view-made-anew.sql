-- truth: safe
BEGIN;
DROP VIEW sent_invoices;
CREATE VIEW sent_invoices AS SELECT id, number, user_id, total FROM invoices WHERE state = 'sent';
GRANT SELECT ON sent_invoices TO app;
COMMIT;
