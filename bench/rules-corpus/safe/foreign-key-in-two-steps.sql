-- truth: safe
BEGIN;
ALTER TABLE accounts ADD CONSTRAINT accounts_owner FOREIGN KEY (owner_id) REFERENCES users (id) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE accounts VALIDATE CONSTRAINT accounts_owner;
COMMIT;
