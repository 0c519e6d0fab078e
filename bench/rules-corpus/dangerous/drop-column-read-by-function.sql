-- truth: dangerous breaks-clients
-- owed() names the column in its text, and fails when it is called
ALTER TABLE invoices DROP COLUMN note;
