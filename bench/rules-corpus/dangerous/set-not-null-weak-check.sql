-- truth: dangerous scan
-- CHECK (age > 0) lets nulls pass and proves nothing
BEGIN;
ALTER TABLE users ADD CONSTRAINT age_there CHECK (age >= 0) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE users VALIDATE CONSTRAINT age_there;
COMMIT;

BEGIN;
ALTER TABLE users ALTER COLUMN age SET NOT NULL;
COMMIT;
