-- truth: dangerous scan
-- a check is added and proved inside of the block
DO $$
BEGIN
    ALTER TABLE accounts ADD CONSTRAINT accounts_positive CHECK (balance >= 0);
END $$;
