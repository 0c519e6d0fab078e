-- truth: dangerous scan
-- SHARE on every table that uses the domain, all of them read
ALTER DOMAIN percent SET NOT NULL;
