-- truth: safe
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE paints (id bigint PRIMARY KEY, colour colour NOT NULL DEFAULT 'green');
INSERT INTO paints VALUES (1, 'red');
