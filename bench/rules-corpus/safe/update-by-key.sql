-- truth: safe
UPDATE users SET language = 'de' WHERE id = 5;
