-- truth: dangerous write
-- every row is matched and written
MERGE INTO accounts AS a USING (SELECT 7 AS bonus) AS s ON true WHEN MATCHED THEN UPDATE SET balance = a.balance + s.bonus;
