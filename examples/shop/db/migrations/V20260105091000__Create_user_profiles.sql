-- Purpose: what customers tell about themselves, apart from what they log in with
-- Author: Sarah Chen <sarah@shop.example>
-- Ticket: SHOP-102
-- Dependencies: V20260105090000
-- Impact: the foreign key holds writes to users off for a moment (SHARE ROW EXCLUSIVE); the new table is empty
-- Rollback: U20260105091000__Drop_user_profiles.sql

SET LOCAL lock_timeout = '2s';

CREATE TABLE user_profiles (
    -- At most one profile an account; a deleted account takes its profile along (privacy).
    user_id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    display_name varchar(150),
    bio text,
    avatar_url varchar(500),
    location varchar(255),
    website_url varchar(500),
    time_zone varchar(50) NOT NULL DEFAULT 'UTC',
    preferences jsonb NOT NULL DEFAULT '{}',
    is_public boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    first_name varchar(100),
    last_name varchar(100)
);

CREATE INDEX user_profiles_display_name ON user_profiles (display_name);

-- The columns are named, so that filling a new column for all rows does not look like 50,000 customers at work.
CREATE TRIGGER user_profiles_updated_at
    BEFORE UPDATE OF display_name, bio, avatar_url, location, website_url, time_zone, preferences, is_public,
                     first_name, last_name
    ON user_profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();
