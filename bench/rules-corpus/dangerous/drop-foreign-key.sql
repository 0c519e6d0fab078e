-- truth: dangerous breaks-clients
-- nothing refuses orphans any more, and both tables are locked
ALTER TABLE lines DROP CONSTRAINT lines_invoice_id_fkey;
