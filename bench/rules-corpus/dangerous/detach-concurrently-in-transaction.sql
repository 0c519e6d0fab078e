-- truth: dangerous fails
-- DETACH CONCURRENTLY cannot run in a transaction block
BEGIN;
ALTER TABLE visits DETACH PARTITION visits_2024 CONCURRENTLY;
COMMIT;
