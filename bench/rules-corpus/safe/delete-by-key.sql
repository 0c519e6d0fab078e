-- truth: safe
DELETE FROM logs WHERE id IN (5, 6, 7);
