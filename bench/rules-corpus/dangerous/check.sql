-- truth: dangerous scan
-- ACCESS EXCLUSIVE while all rows are read
ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0);
