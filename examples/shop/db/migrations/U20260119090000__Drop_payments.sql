-- Undoes: V20260119090000__Create_payments.sql
-- Refuses while payments are there: dropping the table would lose them for good.

LOCK TABLE payments IN ACCESS EXCLUSIVE MODE;

DO $$
BEGIN
    IF EXISTS (SELECT FROM payments) THEN
        RAISE EXCEPTION 'payments holds payments that no migration loaded'
            USING HINT = 'save and delete them first, if they may go';
    END IF;
END;
$$;

-- A repeatable runs after all versions: where a later one failed, the view has not come yet.
DROP VIEW IF EXISTS customer_overview;
DROP TABLE payments;
DROP TYPE payment_status;
