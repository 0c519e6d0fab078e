-- truth: safe
CREATE TABLE staging AS SELECT id FROM logs LIMIT 5;
TRUNCATE staging;
