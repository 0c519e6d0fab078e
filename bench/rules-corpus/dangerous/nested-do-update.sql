-- truth: dangerous write
-- a block writes every row
DO $$
BEGIN
    UPDATE accounts SET balance = 0;
END $$;
