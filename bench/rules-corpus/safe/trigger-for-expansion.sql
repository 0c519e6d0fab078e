-- truth: safe
ALTER TABLE articles ADD COLUMN name text;
CREATE FUNCTION articles_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.name := NEW.title;
    RETURN NEW;
END $$;
CREATE TRIGGER articles_name BEFORE INSERT OR UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION articles_name();
