-- truth: dangerous breaks-clients
-- old code names the schema
ALTER SCHEMA billing RENAME TO payments;
