-- Purpose: first_name and last_name can be had back after they are gone (contract, fourth step)
-- Author: Ines Duarte <ines@shop.example>
-- Ticket: SHOP-140
-- Dependencies: V20260202090000
-- Impact: reads user_profiles once; readers and writers go on
-- Rollback: U20260302093000__Drop_saved_names.sql

-- Written while the trigger still works: whoever changes a name after this copy changes full_name too, and the undo
-- of the next step sees by it that the copy is out of date.
CREATE TABLE saved_user_names AS SELECT user_id, first_name, last_name FROM user_profiles;
ALTER TABLE saved_user_names ADD PRIMARY KEY (user_id);
