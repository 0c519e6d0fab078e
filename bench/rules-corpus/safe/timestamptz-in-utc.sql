-- truth: safe
SET TimeZone = 'UTC';
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamp;
