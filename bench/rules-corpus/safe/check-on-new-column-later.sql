-- truth: safe
ALTER TABLE users ADD COLUMN height integer;
ALTER TABLE users ADD CONSTRAINT tall CHECK (height > 0) NOT VALID;
