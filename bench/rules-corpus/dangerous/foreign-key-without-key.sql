-- truth: dangerous fails
-- what it references has no unique key
ALTER TABLE accounts ADD CONSTRAINT accounts_log FOREIGN KEY (owner_id) REFERENCES logs (id) NOT VALID;
