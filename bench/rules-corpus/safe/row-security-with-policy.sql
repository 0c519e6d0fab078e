-- truth: safe
CREATE POLICY everyone ON accounts USING (true);
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
