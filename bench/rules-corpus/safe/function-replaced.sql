-- truth: safe
CREATE OR REPLACE FUNCTION owed(who bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(total), 0) FROM invoices WHERE user_id = who
$$;
