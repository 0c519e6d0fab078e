-- truth: dangerous breaks-clients
-- all rights of the role go, and what it owns
DROP OWNED BY app;
