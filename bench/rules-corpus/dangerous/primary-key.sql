-- truth: dangerous scan
-- the index is built under ACCESS EXCLUSIVE, and NOT NULL is proved
ALTER TABLE logs ADD PRIMARY KEY (id);
