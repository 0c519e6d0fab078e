-- truth: safe
ALTER TABLE users ALTER COLUMN language SET DEFAULT 'de';
