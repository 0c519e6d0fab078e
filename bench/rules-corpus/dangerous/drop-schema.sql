-- truth: dangerous loss
-- everything in it goes
DROP SCHEMA billing CASCADE;
