-- truth: safe
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        INSERT INTO changes (user_id) VALUES (NEW.id);
    END IF;
    RETURN NEW;
END $$;
