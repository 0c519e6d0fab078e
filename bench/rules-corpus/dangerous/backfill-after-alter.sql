-- truth: dangerous scan, write
-- users is locked against everybody while its rows are written
BEGIN;
ALTER TABLE users ADD COLUMN city text;
UPDATE users SET city = 'Berlin' WHERE age < 89;
COMMIT;
