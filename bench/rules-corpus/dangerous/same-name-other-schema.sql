-- truth: dangerous scan
-- the new table is another one than that whose index is built
CREATE SCHEMA archive;
CREATE TABLE archive.logs (id bigint PRIMARY KEY);
CREATE INDEX logs_at_idx ON public.logs (at);
