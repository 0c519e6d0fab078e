-- truth: dangerous breaks-clients
-- old code reads it
DROP MATERIALIZED VIEW daily;
