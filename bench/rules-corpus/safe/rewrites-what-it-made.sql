-- truth: safe
CREATE UNLOGGED TABLE imports (id bigint PRIMARY KEY);
ALTER TABLE imports SET LOGGED;
