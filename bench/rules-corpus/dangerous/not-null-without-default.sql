-- truth: dangerous fails
-- there are rows, and they have no value for it
ALTER TABLE users ADD COLUMN city text NOT NULL;
