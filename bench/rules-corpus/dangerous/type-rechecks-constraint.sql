-- truth: dangerous scan
-- the storage stays, but the check is proved again under ACCESS EXCLUSIVE
ALTER TABLE invoices ALTER COLUMN code TYPE varchar(40);
