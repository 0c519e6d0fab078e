-- Purpose: every row written from now on has a full_name (phase 3, contract, first step)
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-140
-- Dependencies: V20260202090000, with its backfill done
-- Impact: locks user_profiles for a moment (ACCESS EXCLUSIVE); NOT VALID: no row is read
-- Rollback: U20260302090000__Allow_missing_full_name.sql

SET LOCAL lock_timeout = '2s';

ALTER TABLE user_profiles ADD CONSTRAINT user_profiles_full_name_present CHECK (full_name IS NOT NULL) NOT VALID;
