-- truth: dangerous breaks-clients
-- the sequence stands before the numbers that were given, and the next INSERT fails
INSERT INTO users (id, email) VALUES (3001, 'a@example.com'), (3002, 'b@example.com');
