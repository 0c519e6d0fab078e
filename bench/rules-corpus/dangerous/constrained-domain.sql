-- truth: dangerous rewrite
-- a domain with a constraint rewrites the table even without a default
ALTER TABLE users ADD COLUMN share percent;
