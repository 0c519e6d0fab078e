-- truth: dangerous fails
-- a foreign key stands on it
DROP TABLE users;
