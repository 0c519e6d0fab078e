-- truth: safe
CREATE TABLE scratch (id bigint PRIMARY KEY, n integer);
ALTER TABLE scratch DROP COLUMN n;
DROP TABLE scratch;
