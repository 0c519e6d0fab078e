-- truth: dangerous rewrite
-- the table and its indexes are written anew
CLUSTER accounts USING accounts_pkey;
