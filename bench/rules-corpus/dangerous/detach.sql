-- truth: dangerous lock
-- ACCESS EXCLUSIVE on the parent, where CONCURRENTLY would not
ALTER TABLE visits DETACH PARTITION visits_2024;
