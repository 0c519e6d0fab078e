-- truth: safe
ALTER TABLE lines ALTER COLUMN price DROP NOT NULL;
