-- truth: dangerous scan
-- the check that would have spared the scan goes in the same statement
BEGIN;
ALTER TABLE users ADD CONSTRAINT nick_there CHECK (nick IS NOT NULL) NOT VALID;
COMMIT;

BEGIN;
ALTER TABLE users VALIDATE CONSTRAINT nick_there;
COMMIT;

BEGIN;
ALTER TABLE users ALTER COLUMN nick SET NOT NULL, DROP CONSTRAINT nick_there;
COMMIT;
