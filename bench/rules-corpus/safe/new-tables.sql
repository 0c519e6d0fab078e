-- truth: safe
CREATE TABLE carts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE cart_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cart_id bigint NOT NULL REFERENCES carts (id),
    amount integer NOT NULL CHECK (amount > 0)
);
CREATE INDEX cart_items_cart_idx ON cart_items (cart_id);
