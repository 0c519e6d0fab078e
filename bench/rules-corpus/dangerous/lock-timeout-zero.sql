-- truth: dangerous timeout
-- there is no limit to the waiting for the lock
SET lock_timeout = 0;
ALTER TABLE users ADD COLUMN city text;
