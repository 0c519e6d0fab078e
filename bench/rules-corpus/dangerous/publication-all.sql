-- truth: dangerous breaks-clients
-- updates of every published table without a key fail
CREATE PUBLICATION everything FOR ALL TABLES;
