-- truth: safe
WITH gone AS (DELETE FROM logs WHERE id = 7 RETURNING *) INSERT INTO logs SELECT id + 90000, at, words FROM gone;
