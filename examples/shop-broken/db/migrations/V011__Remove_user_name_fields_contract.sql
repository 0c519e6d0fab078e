-- Phase 3: CONTRACT - Remove old columns (after app deployment)
-- Wait for all application instances to be updated

-- Drop the trigger first
DROP TRIGGER IF EXISTS trigger_sync_user_full_name ON users;
DROP FUNCTION IF EXISTS sync_user_full_name();

-- Remove old columns
ALTER TABLE users DROP COLUMN IF EXISTS first_name;
ALTER TABLE users DROP COLUMN IF EXISTS last_name;

-- Add constraints to new column
ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
