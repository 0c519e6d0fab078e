-- truth: dangerous loss
-- rows of the tables that reference it are gone, too
TRUNCATE invoices CASCADE;
