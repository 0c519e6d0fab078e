-- truth: dangerous fails
-- the type is made after the table that uses it
CREATE TABLE moods (id bigint PRIMARY KEY, mood mood);
CREATE TYPE mood AS ENUM ('sad', 'happy');
