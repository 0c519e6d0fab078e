-- Undoes: V20260105091000__Create_user_profiles.sql
-- Refuses while profiles are there: dropping the table would lose them for good.

LOCK TABLE user_profiles IN ACCESS EXCLUSIVE MODE;

DO $$
BEGIN
    IF EXISTS (SELECT FROM user_profiles) THEN
        RAISE EXCEPTION 'user_profiles holds profiles that no migration loaded'
            USING HINT = 'save and delete them first, if they may go';
    END IF;
END;
$$;

DROP TABLE user_profiles;
