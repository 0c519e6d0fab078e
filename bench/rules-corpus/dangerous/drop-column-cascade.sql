-- truth: dangerous loss, breaks-clients
-- the view goes along without a word
ALTER TABLE invoices DROP COLUMN total CASCADE;
