-- Undoes: V20260302091000__Validate_full_name.sql
-- A constraint cannot be made invalid again: it is dropped and added, still in force for every new row.

SET LOCAL lock_timeout = '2s';

ALTER TABLE user_profiles
    DROP CONSTRAINT user_profiles_full_name_present,
    ADD CONSTRAINT user_profiles_full_name_present CHECK (full_name IS NOT NULL) NOT VALID;
