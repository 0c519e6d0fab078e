-- truth: dangerous fails
-- a concurrent build cannot be executed from a function
DO $$
BEGIN
    EXECUTE 'CREATE INDEX CONCURRENTLY users_age_idx ON users (age)';
END $$;
