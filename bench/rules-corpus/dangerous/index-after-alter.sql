-- truth: dangerous scan
-- the index of articles is built while users is locked against everybody
BEGIN;
ALTER TABLE users ADD COLUMN city text;
CREATE INDEX articles_title_idx ON articles (title);
COMMIT;
