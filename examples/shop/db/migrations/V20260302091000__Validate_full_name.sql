-- Purpose: the old rows have a full_name too (contract, second step)
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-140
-- Dependencies: V20260302090000
-- Impact: reads user_profiles once; readers and writers go on (SHARE UPDATE EXCLUSIVE)
-- Rollback: U20260302091000__Unvalidate_full_name.sql

-- In a file of its own: together with ADD CONSTRAINT the scan would run under that statement's exclusive lock.
ALTER TABLE user_profiles VALIDATE CONSTRAINT user_profiles_full_name_present;
