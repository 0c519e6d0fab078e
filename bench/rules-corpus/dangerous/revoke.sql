-- truth: dangerous breaks-clients
-- the application loses a right that it uses
REVOKE INSERT ON invoices FROM app;
