-- truth: dangerous scan
-- the strong locks of NOT VALID are kept while VALIDATE reads
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT accounts_owner FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_owner;
COMMIT;
