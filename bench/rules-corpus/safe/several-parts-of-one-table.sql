-- truth: safe
ALTER TABLE users ADD COLUMN city text, ADD COLUMN street text, ALTER COLUMN language SET DEFAULT 'de';
