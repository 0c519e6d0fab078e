-- truth: dangerous fails
-- there is no unique index on the view
REFRESH MATERIALIZED VIEW CONCURRENTLY daily;
