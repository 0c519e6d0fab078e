-- truth: dangerous fails
-- CREATE OR REPLACE cannot change what a function returns
CREATE OR REPLACE FUNCTION owed(who bigint) RETURNS text LANGUAGE sql AS $$ SELECT 'nothing' $$;
