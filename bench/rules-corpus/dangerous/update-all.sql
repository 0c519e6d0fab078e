-- truth: dangerous write
-- one statement locks and writes every row
UPDATE users SET language = 'de';
