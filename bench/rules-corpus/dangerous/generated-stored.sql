-- truth: dangerous rewrite
-- computed and stored for each row
ALTER TABLE lines ADD COLUMN gross numeric GENERATED ALWAYS AS (price * 1.2) STORED;
