-- truth: dangerous loss
-- its rows are gone
TRUNCATE logs;
