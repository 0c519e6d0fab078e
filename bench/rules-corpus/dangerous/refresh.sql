-- truth: dangerous rewrite
-- readers wait until the query has run
REFRESH MATERIALIZED VIEW user_totals;
