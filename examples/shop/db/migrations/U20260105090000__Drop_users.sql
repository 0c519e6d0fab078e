-- Undoes: V20260105090000__Create_users.sql
-- Refuses while accounts are there: dropping the table would lose them for good.

LOCK TABLE users IN ACCESS EXCLUSIVE MODE;

DO $$
BEGIN
    IF EXISTS (SELECT FROM users) THEN
        RAISE EXCEPTION 'users holds accounts that no migration loaded'
            USING HINT = 'save and delete them first, if they may go';
    END IF;
END;
$$;

DROP TABLE users;
DROP FUNCTION set_updated_at();
