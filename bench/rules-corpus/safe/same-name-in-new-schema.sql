-- truth: safe
CREATE SCHEMA archive;
CREATE TABLE archive.users (id bigint PRIMARY KEY, email text);
CREATE INDEX users_email_idx ON archive.users (email);
ALTER TABLE archive.users ALTER COLUMN email SET NOT NULL;
