-- truth: dangerous breaks-clients
-- old code writes the old value
ALTER TYPE status RENAME VALUE 'sent' TO 'mailed';
