-- truth: dangerous fails
-- the index belongs to a constraint
DROP INDEX users_email_key;
