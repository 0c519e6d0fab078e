-- truth: dangerous loss
-- the columns of the type go along
DROP TYPE status CASCADE;
