-- truth: dangerous breaks-clients
-- old code names the table where it was
ALTER TABLE articles SET SCHEMA billing;
