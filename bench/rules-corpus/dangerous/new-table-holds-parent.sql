-- truth: dangerous scan
-- the new key holds SHARE ROW EXCLUSIVE on users while the rows are copied from there
BEGIN;
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id), words text);
INSERT INTO profiles SELECT id, motto FROM users;
COMMIT;
