-- truth: dangerous rewrite
-- a value of its own for each row
ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
