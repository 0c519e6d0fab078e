-- Purpose: one full_name for names that are not a first and a last one (phase 1, expand)
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-120
-- Dependencies: V20260105091000, V20260105092000
-- Impact: locks user_profiles for a moment (ACCESS EXCLUSIVE, nothing is rewritten); the rows are filled in batches
-- Rollback: U20260202090000__Remove_full_name.sql

SET LOCAL lock_timeout = '2s';

-- 201: the longest first name, a blank, the longest last name.
ALTER TABLE user_profiles ADD COLUMN full_name varchar(201);

-- What the old columns say: either part may be missing, and who gave no name goes by the name of the account.
CREATE FUNCTION full_name_of(first_name text, last_name text, account bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(concat_ws(' ', nullif(first_name, ''), nullif(last_name, '')), ''),
                    (SELECT username FROM users WHERE id = account));
$$;

-- The way back: the first blank that leaves at most 100 characters on either side divides the name. A name that no
-- blank divides so is cut; full_name has it whole.
CREATE FUNCTION split_full_name(full_name text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN length(full_name) <= 100 AND position(' ' IN full_name) = 0 THEN ARRAY[full_name, NULL]
                ELSE coalesce(regexp_match(full_name, '^(.{1,100}?) (.{1,100})$'),
                              ARRAY[left(full_name, 100), nullif(substr(full_name, 101, 100), '')]) END;
$$;

-- Old instances of the application write the parts, new ones full_name, and each must see what the other wrote.
CREATE FUNCTION sync_full_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parts_written CONSTANT boolean := (NEW.first_name, NEW.last_name) IS DISTINCT FROM (OLD.first_name, OLD.last_name);
    whole_written CONSTANT boolean := NEW.full_name IS DISTINCT FROM OLD.full_name;
    from_parts text;
    parts text[];
BEGIN
    IF NEW.full_name IS NOT NULL AND parts_written = whole_written THEN
        RETURN NEW;  -- neither was touched, or somebody wrote both
    END IF;
    from_parts := full_name_of(NEW.first_name, NEW.last_name, NEW.user_id);
    IF NEW.full_name IS NULL OR parts_written THEN
        NEW.full_name := from_parts;
    ELSIF NEW.full_name <> from_parts THEN  -- equal: the backfill, which changes nothing that a customer would notice
        parts := split_full_name(NEW.full_name);
        NEW.first_name := parts[1];
        NEW.last_name := parts[2];
        IF TG_OP = 'UPDATE' THEN
            NEW.updated_at := now();
        END IF;
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER user_profiles_sync_full_name BEFORE INSERT OR UPDATE ON user_profiles
    FOR EACH ROW EXECUTE FUNCTION sync_full_name();
