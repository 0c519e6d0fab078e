-- Rows of the tables of schema.sql: enough for the planner to prefer an index to a scan.
INSERT INTO users (email, name, nick, age, motto)
    SELECT 'u' || n || '@example.org', 'User ' || n, 'n' || n, n % 90, 'word' FROM generate_series(1, 3000) AS n;
INSERT INTO articles SELECT n, 'Article ' || n FROM generate_series(1, 3000) AS n;
INSERT INTO invoices (user_id, state, total, discount, number, note, code)
    SELECT n, (ARRAY['draft', 'sent', 'paid']::status[])[1 + n % 3], n, n % 100, n, 'note', 'c' || n
    FROM generate_series(1, 3000) AS n;
INSERT INTO lines (id, invoice_id, article_id, amount, price, label)
    SELECT n, n, n, 2, 3.5, 'label ' || n FROM generate_series(1, 3000) AS n;
INSERT INTO logs SELECT n, now(), 'words' FROM generate_series(1, 3000) AS n;
INSERT INTO accounts SELECT n, 100, 1 FROM generate_series(1, 3000) AS n;
INSERT INTO readings SELECT n, '2025-03-01', n FROM generate_series(1, 3000) AS n;
INSERT INTO readings SELECT n, '2026-03-01', n FROM generate_series(1, 3000) AS n;
INSERT INTO visits SELECT n, '2025-03-01', 'page' FROM generate_series(1, 3000) AS n;
INSERT INTO visits_2026 SELECT n, '2026-03-01', 'page' FROM generate_series(1, 3000) AS n;
INSERT INTO billing.plans SELECT n, 'Plan ' || n FROM generate_series(1, 3000) AS n;
REFRESH MATERIALIZED VIEW user_totals;
REFRESH MATERIALIZED VIEW daily;
ANALYZE;
