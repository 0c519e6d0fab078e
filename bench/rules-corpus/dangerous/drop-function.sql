-- truth: dangerous breaks-clients
-- old code calls it
DROP FUNCTION owed(bigint);
