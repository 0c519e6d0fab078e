-- truth: dangerous scan
-- SHARE on every table that uses the domain, all of them read
ALTER DOMAIN word ADD CONSTRAINT short CHECK (length(VALUE) < 100);
