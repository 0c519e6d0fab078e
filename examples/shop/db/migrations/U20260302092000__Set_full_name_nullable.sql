-- Undoes: V20260302092000__Set_full_name_not_null.sql

SET LOCAL lock_timeout = '2s';

-- Valid at once, at the price of reading the table under the lock: no row can be wrong while the column is NOT NULL.
ALTER TABLE user_profiles ADD CONSTRAINT user_profiles_full_name_present CHECK (full_name IS NOT NULL);
ALTER TABLE user_profiles ALTER COLUMN full_name DROP NOT NULL;
