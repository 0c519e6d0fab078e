-- truth: safe
CREATE TABLE jobs (words text);
ALTER TABLE jobs ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE jobs ADD COLUMN token uuid DEFAULT gen_random_uuid();
