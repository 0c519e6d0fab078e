-- truth: safe
CREATE TABLE carts (id integer, words text);
ALTER TABLE carts ALTER COLUMN id TYPE bigint;
ALTER TABLE carts ALTER COLUMN id SET NOT NULL;
ALTER TABLE carts ADD PRIMARY KEY (id);
ALTER TABLE carts ADD CONSTRAINT carts_words_key UNIQUE (words);
ALTER TABLE carts RENAME COLUMN words TO title;
