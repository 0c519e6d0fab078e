-- Undoes: V20260202090000__Add_full_name_expand.sql
-- What new instances wrote stays: the trigger has kept first_name and last_name up to date.

SET LOCAL lock_timeout = '2s';

DROP TRIGGER user_profiles_sync_full_name ON user_profiles;
DROP FUNCTION sync_full_name();
DROP FUNCTION split_full_name(text);
DROP FUNCTION full_name_of(text, text, bigint);

ALTER TABLE user_profiles DROP COLUMN full_name;
