-- Undoes: V20260302094000__Drop_old_names_contract.sql
-- Rewrites user_profiles under an exclusive lock: for a way back that is short of time, undo without haste beforehand.
-- Names that nobody changed come back from saved_user_names as they were, all others are taken from full_name.

SET LOCAL lock_timeout = '2s';

-- A new column always comes last. So that the columns end in their old order, full_name is made anew behind the two.
DROP TRIGGER user_profiles_updated_at ON user_profiles;
ALTER TABLE user_profiles RENAME COLUMN full_name TO full_name_so_far;
ALTER TABLE user_profiles
    ADD COLUMN first_name varchar(100),
    ADD COLUMN last_name varchar(100),
    ADD COLUMN full_name varchar(201);

-- The functions of the expansion, word for word.
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

UPDATE user_profiles
SET full_name = full_name_so_far, first_name = names.parts[1], last_name = names.parts[2]
FROM (
    SELECT profile.user_id,
           CASE WHEN full_name_so_far = full_name_of(saved.first_name, saved.last_name, profile.user_id)
                THEN ARRAY[saved.first_name, saved.last_name]
                ELSE split_full_name(full_name_so_far) END AS parts
    FROM user_profiles AS profile
    LEFT JOIN saved_user_names AS saved USING (user_id)
) AS names
WHERE names.user_id = user_profiles.user_id;

ALTER TABLE user_profiles DROP COLUMN full_name_so_far;
ALTER TABLE user_profiles ALTER COLUMN full_name SET NOT NULL;

CREATE TRIGGER user_profiles_sync_full_name BEFORE INSERT OR UPDATE ON user_profiles
    FOR EACH ROW EXECUTE FUNCTION sync_full_name();

CREATE TRIGGER user_profiles_updated_at
    BEFORE UPDATE OF display_name, bio, avatar_url, location, website_url, time_zone, preferences, is_public,
                     first_name, last_name
    ON user_profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();
