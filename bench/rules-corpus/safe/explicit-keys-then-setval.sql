-- truth: safe
INSERT INTO users (id, email) VALUES (3001, 'a@example.com');
SELECT setval(pg_get_serial_sequence('users', 'id'), (SELECT max(id) FROM users));
