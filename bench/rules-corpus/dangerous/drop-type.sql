-- truth: dangerous fails
-- a column has the type
DROP TYPE status;
