-- What the application of yesterday goes on to send, as the role "app", each statement in a transaction that is rolled
-- back. A line "-- refused" says that the server has refused the next one so far, and must go on to do so.
SELECT id, email, name, nick, age, language, motto, seen_at FROM users WHERE id = 5;
INSERT INTO users (email, name) VALUES ('new@example.org', 'New');
UPDATE users SET name = 'Other', age = 30 WHERE id = 5;
-- refused
INSERT INTO users (email) VALUES ('u5@example.org');
SELECT id, title FROM articles WHERE id = 5;
INSERT INTO articles VALUES (9000, 'New');
SELECT id, user_id, state, total, discount, number, note, code, made_at FROM invoices WHERE user_id = 5;
INSERT INTO invoices (user_id, total, number, note, code) VALUES (5, 10, 9000, 'n', 'c');
UPDATE invoices SET state = 'paid' WHERE id = 5 AND state = 'sent';
-- refused
INSERT INTO invoices (user_id, total, number) VALUES (-1, 10, 9001);
SELECT id, invoice_id, article_id, amount, price, sum, label FROM lines WHERE id = 5;
INSERT INTO lines (id, invoice_id, article_id, amount, price, label) VALUES (9000, 5, 5, 1, 1, 'l');
-- refused
INSERT INTO lines (id, invoice_id, article_id, amount, price) VALUES (9001, -1, 5, 1, 1);
SELECT id, at, words FROM logs WHERE id = 5;
INSERT INTO logs VALUES (9000, now(), 'w');
UPDATE logs SET words = 'x' WHERE id = 5;
DELETE FROM logs WHERE id = 5 RETURNING words;
SELECT 1 / count(*) FROM accounts;
INSERT INTO accounts VALUES (5, 1) ON CONFLICT (id) DO UPDATE SET balance = accounts.balance + 1;
SELECT count(*) FROM readings WHERE at < '2026-01-01';
INSERT INTO readings VALUES (9000, '2025-05-05', 1);
SELECT count(*) FROM visits WHERE at < '2026-01-01';
INSERT INTO visits VALUES (9000, '2025-05-05', 'p');
SELECT id, user_id, total FROM sent_invoices WHERE id = 5;
SELECT user_id, total FROM user_totals WHERE user_id = 5;
SELECT day, invoices FROM daily;
SELECT owed(5);
SELECT id, name FROM billing.plans WHERE id = 5;
