-- truth: dangerous breaks-clients
-- without a policy the table looks empty
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
