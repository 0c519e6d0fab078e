-- truth: dangerous write
-- the condition is none
UPDATE users SET language = 'de' WHERE 1 = 1;
