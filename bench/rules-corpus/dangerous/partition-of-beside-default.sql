-- truth: dangerous scan
-- ACCESS EXCLUSIVE on the parent and the default partition, which is read whole
CREATE TABLE readings_2027 PARTITION OF readings FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
