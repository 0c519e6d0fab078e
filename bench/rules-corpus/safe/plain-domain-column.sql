-- truth: safe
ALTER TABLE users ADD COLUMN hobby word;
