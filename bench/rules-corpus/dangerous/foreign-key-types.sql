-- truth: dangerous fails
-- text cannot reference bigint
ALTER TABLE logs ADD CONSTRAINT logs_user FOREIGN KEY (words) REFERENCES users (id) NOT VALID;
