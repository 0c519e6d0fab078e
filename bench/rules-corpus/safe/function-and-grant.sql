-- truth: safe
CREATE FUNCTION twice(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
GRANT EXECUTE ON FUNCTION twice(bigint) TO app;
GRANT SELECT ON changes TO app;
