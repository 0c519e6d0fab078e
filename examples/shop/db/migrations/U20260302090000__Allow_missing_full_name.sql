-- Undoes: V20260302090000__Require_full_name.sql

SET LOCAL lock_timeout = '2s';

ALTER TABLE user_profiles DROP CONSTRAINT user_profiles_full_name_present;
