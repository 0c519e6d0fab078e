-- truth: dangerous rewrite
-- clock_timestamp() is volatile, unlike now()
ALTER TABLE users ADD COLUMN made_at timestamptz DEFAULT clock_timestamp();
