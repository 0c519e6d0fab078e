-- truth: dangerous loss, breaks-clients
-- values are lost, and old code names it
ALTER TABLE logs DROP COLUMN words;
