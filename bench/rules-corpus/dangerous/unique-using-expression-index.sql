-- truth: dangerous fails
-- an index on an expression cannot become a constraint
CREATE UNIQUE INDEX CONCURRENTLY users_name_key ON users (upper(name));
ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE USING INDEX users_name_key;
