-- truth: dangerous scan
-- SHARE on the parent and all partitions until all are built
CREATE INDEX visits_page_idx ON visits (page);
