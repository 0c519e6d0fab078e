-- truth: dangerous fails
-- the key of a partitioned table must hold the partition key
CREATE TABLE hits (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);
