-- truth: dangerous fails
-- NOT VALID is not there for foreign keys of partitioned tables before 18
ALTER TABLE visits ADD COLUMN user_id bigint;
ALTER TABLE visits ADD CONSTRAINT visits_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
