-- truth: safe
ALTER TABLE users ADD COLUMN joined_at timestamptz NOT NULL DEFAULT now();
