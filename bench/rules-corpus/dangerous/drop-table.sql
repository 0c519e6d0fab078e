-- truth: dangerous loss
-- its rows are gone
DROP TABLE lines;
