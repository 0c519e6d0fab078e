-- truth: safe
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));
CREATE INDEX notes_user_idx ON notes (user_id);
