-- truth: dangerous scan
-- SHARE ROW EXCLUSIVE on both tables while all rows are compared
ALTER TABLE accounts ADD CONSTRAINT accounts_owner FOREIGN KEY (owner_id) REFERENCES users (id);
