-- Test payment table constraints
INSERT INTO payments (user_id, amount, provider)
VALUES (1, 99.99, 'stripe');

-- Should fail with negative amount
\set ON_ERROR_STOP off
INSERT INTO payments (user_id, amount, provider)
VALUES (1, -10.00, 'stripe');
\set ON_ERROR_STOP on

-- Test enum constraint
\set ON_ERROR_STOP off
UPDATE payments SET status = 'invalid_status';
\set ON_ERROR_STOP on
