-- truth: dangerous scan
-- the new partition is read whole under ACCESS EXCLUSIVE
ALTER TABLE visits ATTACH PARTITION visits_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
