-- truth: dangerous scan
-- the table is there already, with rows
CREATE TABLE IF NOT EXISTS logs (id bigint PRIMARY KEY, at timestamptz, words text);
CREATE INDEX logs_at_idx ON logs (at);
