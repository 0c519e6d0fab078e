-- truth: dangerous rewrite
-- outside of UTC every value changes
SET TimeZone = 'Europe/Berlin';
ALTER TABLE users ALTER COLUMN seen_at TYPE timestamp;
