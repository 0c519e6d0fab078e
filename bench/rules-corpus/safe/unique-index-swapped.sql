-- truth: safe
CREATE UNIQUE INDEX CONCURRENTLY users_email_new ON users (email) INCLUDE (name);
BEGIN;
ALTER TABLE users DROP CONSTRAINT users_email_key, ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_new;
COMMIT;
