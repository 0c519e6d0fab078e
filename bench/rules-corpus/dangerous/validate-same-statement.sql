-- truth: dangerous scan
-- one ALTER TABLE takes one lock, the strongest, for both parts
ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0) NOT VALID, VALIDATE CONSTRAINT accounts_positive;
