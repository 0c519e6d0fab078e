-- Purpose: full_name alone (contract, last step)
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-141
-- Dependencies: V20260302092000, V20260302093000; no instance of the application uses the old columns any more
-- Impact: locks user_profiles for a moment (ACCESS EXCLUSIVE), nothing is rewritten
-- Rollback: U20260302094000__Restore_old_names.sql

SET LOCAL lock_timeout = '2s';

DROP TRIGGER user_profiles_sync_full_name ON user_profiles;
DROP FUNCTION sync_full_name();
DROP FUNCTION split_full_name(text);
DROP FUNCTION full_name_of(text, text, bigint);

DROP TRIGGER user_profiles_updated_at ON user_profiles;
ALTER TABLE user_profiles DROP COLUMN first_name, DROP COLUMN last_name;
CREATE TRIGGER user_profiles_updated_at
    BEFORE UPDATE OF display_name, bio, avatar_url, location, website_url, time_zone, preferences, is_public,
                     full_name
    ON user_profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();
