-- truth: dangerous fails
-- a concurrent build cannot be executed from a function
CREATE PROCEDURE build() LANGUAGE plpgsql AS $$
BEGIN
    CREATE INDEX CONCURRENTLY users_age_idx ON users (age);
END $$;
CALL build();
