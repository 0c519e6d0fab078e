-- truth: dangerous breaks-clients
-- old code reads it
DROP VIEW sent_invoices;
