-- truth: dangerous breaks-clients
-- the function names a column that the table does not have
CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.short := left(NEW.title, 20);
    RETURN NEW;
END $$;
CREATE TRIGGER articles_short BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION shorten();
