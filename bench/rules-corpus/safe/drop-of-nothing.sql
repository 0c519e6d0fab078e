-- truth: safe
DROP TABLE IF EXISTS never_was;
