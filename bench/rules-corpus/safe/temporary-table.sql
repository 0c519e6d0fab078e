-- truth: safe
CREATE TEMPORARY TABLE work (id bigint, words text);
INSERT INTO work SELECT id, words FROM logs WHERE id < 10;
CREATE INDEX ON work (id);
UPDATE work SET words = '';
TRUNCATE work;
DROP TABLE work;
