-- truth: dangerous rewrite
-- the function that is called does it
CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE invoices ALTER COLUMN number TYPE bigint;
END $$;
SELECT widen();
