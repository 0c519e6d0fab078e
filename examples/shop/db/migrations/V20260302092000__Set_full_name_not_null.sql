-- Purpose: the promise where everybody looks for it, at the column (contract, third step)
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-140
-- Dependencies: V20260302091000
-- Impact: locks user_profiles for a moment (ACCESS EXCLUSIVE); the validated constraint spares the scan
-- Rollback: U20260302092000__Set_full_name_nullable.sql

SET LOCAL lock_timeout = '2s';

ALTER TABLE user_profiles ALTER COLUMN full_name SET NOT NULL;
ALTER TABLE user_profiles DROP CONSTRAINT user_profiles_full_name_present;
