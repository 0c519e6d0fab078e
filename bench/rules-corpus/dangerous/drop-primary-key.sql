-- truth: dangerous breaks-clients
-- upserts name the key that is gone
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey;
