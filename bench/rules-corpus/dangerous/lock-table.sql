-- truth: dangerous lock
-- nobody can read accounts until the transaction ends
BEGIN;
LOCK TABLE accounts;
UPDATE accounts SET balance = 5 WHERE id = 5;
COMMIT;
