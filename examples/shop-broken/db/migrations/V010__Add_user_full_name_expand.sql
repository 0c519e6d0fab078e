-- Phase 1: EXPAND - Add new column (backward compatible)
ALTER TABLE users ADD COLUMN full_name VARCHAR(200);

-- Create function to populate full_name from existing data
CREATE OR REPLACE FUNCTION sync_user_full_name()
RETURNS TRIGGER AS $$
BEGIN
    IF NEW.full_name IS NULL THEN
        NEW.full_name = COALESCE(NEW.first_name || ' ' || NEW.last_name, NEW.username);
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

-- Trigger to keep data in sync during transition
CREATE TRIGGER trigger_sync_user_full_name
    BEFORE INSERT OR UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION sync_user_full_name();

-- Backfill existing data
UPDATE users SET full_name = COALESCE(first_name || ' ' || last_name, username)
WHERE full_name IS NULL;
