-- truth: dangerous breaks-clients
-- updates of a published table without a key fail
CREATE PUBLICATION everything FOR TABLE logs;
