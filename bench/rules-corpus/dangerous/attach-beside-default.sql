-- truth: dangerous scan
-- the default partition is read whole under ACCESS EXCLUSIVE
CREATE TABLE readings_2027 (LIKE readings INCLUDING ALL);
ALTER TABLE readings ATTACH PARTITION readings_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
