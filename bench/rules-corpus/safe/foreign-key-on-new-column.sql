-- truth: safe
ALTER TABLE accounts ADD COLUMN user_id bigint REFERENCES users (id);
CREATE INDEX CONCURRENTLY accounts_user_idx ON accounts (user_id);
