-- truth: dangerous rewrite
-- the table and its indexes are written anew
VACUUM FULL accounts;
