-- truth: dangerous rewrite
-- the table is written anew, the other side is locked and the key proved again
ALTER TABLE lines ALTER COLUMN article_id TYPE bigint;
