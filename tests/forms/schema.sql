-- One of each thing that PostgreSQL has, for the statement forms beside this file. A superuser applies it to an empty
-- database of PostgreSQL 13 to 18. Roles are cluster-wide and may be there already; everything else is new.

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['slipway_test_owner', 'slipway_test_app', 'slipway_test_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
    END LOOP;
END
$$;

CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE SCHEMA scrap;
CREATE SCHEMA "Mixed Case";

CREATE EXTENSION file_fdw;

-- Types

CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE app.shade AS ENUM ('light', 'dark');
CREATE TYPE app.address AS (street text, city text, zip varchar(10));
CREATE TYPE app.pair AS (a integer, b integer);
CREATE TYPE app.floatspan AS RANGE (subtype = float8);
CREATE TYPE app.shell;
CREATE DOMAIN app.label AS text;
CREATE DOMAIN app.email AS text CONSTRAINT email_has_at CHECK (VALUE LIKE '%@%');
CREATE DOMAIN app.posint AS integer CONSTRAINT posint_check CHECK (VALUE > 0);
CREATE DOMAIN app.plainint AS integer;
CREATE DOMAIN app.required AS text NOT NULL DEFAULT 'none';
CREATE DOMAIN app.draft AS integer;
ALTER DOMAIN app.draft ADD CONSTRAINT draft_small CHECK (VALUE < 100000) NOT VALID;
CREATE DOMAIN app.lone AS integer;
CREATE COLLATION app.bytes FROM "C";

-- Functions

CREATE FUNCTION app.one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION app.seven() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 7';
CREATE FUNCTION app.stamp() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';
CREATE FUNCTION app.roll() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT (random() * 6)::integer';
CREATE FUNCTION app.next_code() RETURNS text LANGUAGE plpgsql VOLATILE AS $$BEGIN RETURN 'code'; END$$;
CREATE FUNCTION app.stable_code() RETURNS text LANGUAGE plpgsql STABLE AS $$BEGIN RETURN 'code'; END$$;
CREATE FUNCTION app.fixed_code() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN 'code'; END$$;
CREATE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN 2 * n; END$$;
CREATE FUNCTION app.half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n / 2';
CREATE FUNCTION app.is_even(n integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0';
CREATE FUNCTION app.tidy(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN lower(t); END$$;
CREATE FUNCTION app.unused(a integer, b text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'SELECT a || b';
CREATE FUNCTION app.overloaded(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION app.overloaded(a text) RETURNS text LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION app.mood_rank(m app.mood) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $$SELECT CASE m WHEN 'sad' THEN 1 WHEN 'ok' THEN 2 ELSE 3 END$$;
CREATE FUNCTION app.add_square(state bigint, n integer) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT state + n::bigint * n';
CREATE FUNCTION app.same_parity(a integer, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE
    AS 'SELECT a % 2 = b % 2';
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION app.note_statement() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE FUNCTION app.edit_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE customers SET name = NEW.name WHERE id = NEW.id;
    RETURN NEW;
END
$$;
CREATE FUNCTION app.guard() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN NULL; END$$;

CREATE OPERATOR app.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = app.same_parity, COMMUTATOR = OPERATOR(app.===));
CREATE OPERATOR FAMILY app.int_family USING btree;
CREATE OPERATOR CLASS app.int_reverse FOR TYPE integer USING btree FAMILY app.int_family AS
    OPERATOR 1 > , OPERATOR 2 >= , OPERATOR 3 = , OPERATOR 4 <= , OPERATOR 5 < , FUNCTION 1 btint4cmp(integer, integer);
CREATE AGGREGATE app.sum_squares(integer) (SFUNC = app.add_square, STYPE = bigint, INITCOND = '0');
CREATE CAST (app.mood AS integer) WITH FUNCTION app.mood_rank(app.mood);
CREATE CONVERSION app.latin_to_utf8 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH CONFIGURATION app.words (COPY = pg_catalog.simple);
CREATE TEXT SEARCH DICTIONARY app.plain_words (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH PARSER app.word_parser
    (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE app.word_template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE ACCESS METHOD heap_twin TYPE TABLE HANDLER heap_tableam_handler;
CREATE LANGUAGE plpgsql_twin HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE TRANSFORM FOR smallint LANGUAGE sql
    (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int2recv(internal));

-- Sequences

CREATE SEQUENCE app.ticket_no;
CREATE SEQUENCE app.spare_no AS integer START WITH 100 INCREMENT BY 5 MAXVALUE 1000000 CACHE 10;
CREATE SEQUENCE "Mixed Case"."Odd Numbers" INCREMENT BY 2;

-- A shop: keys, checks, indexes, triggers

CREATE TABLE other.warehouses (
    id integer PRIMARY KEY,
    code text NOT NULL CONSTRAINT warehouses_code_key UNIQUE,
    city varchar(40) NOT NULL
);

CREATE TABLE public.customers (
    id integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name varchar(50) NOT NULL,
    email app.email CONSTRAINT customers_email_key UNIQUE,
    nick varchar(20),
    phone text,
    mood app.mood DEFAULT 'ok',
    home app.address,
    tags text[],
    balance numeric(10,2) NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true,
    referrer_id integer CONSTRAINT customers_referrer_fk REFERENCES public.customers,
    profile jsonb DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT customers_balance_check CHECK (balance >= 0),
    CONSTRAINT customers_name_check CHECK (name <> '')
);
CREATE INDEX customers_name_idx ON public.customers (name);
CREATE INDEX customers_nick_lower_idx ON public.customers (lower(nick));
CREATE INDEX customers_active_idx ON public.customers (phone) WHERE active;
CREATE INDEX customers_mood_idx ON public.customers (mood);

CREATE TABLE public.products (
    id integer GENERATED ALWAYS AS IDENTITY,
    sku varchar(20) NOT NULL,
    title text NOT NULL,
    price numeric(8,2) NOT NULL,
    taxed numeric GENERATED ALWAYS AS (price * 1.2) STORED,
    weight integer,
    CONSTRAINT products_pkey PRIMARY KEY (id),
    CONSTRAINT products_sku_key UNIQUE (sku),
    CONSTRAINT products_price_check CHECK (price > 0)
);
ALTER TABLE public.products ADD CONSTRAINT products_weight_check CHECK (weight > 0) NOT VALID;

CREATE TABLE app.shipments (
    id integer PRIMARY KEY,
    warehouse_id integer NOT NULL CONSTRAINT shipments_warehouse_fk REFERENCES other.warehouses,
    sent_at timestamp,
    carrier text
);

CREATE TABLE public.orders (
    id bigserial PRIMARY KEY,
    customer_id integer NOT NULL CONSTRAINT orders_customer_fk REFERENCES public.customers ON DELETE CASCADE,
    shipment_id integer,
    parent_id bigint CONSTRAINT orders_parent_fk REFERENCES public.orders,
    status varchar(20) NOT NULL DEFAULT 'new',
    total numeric(10,2) NOT NULL DEFAULT 0 CONSTRAINT orders_total_check CHECK (total >= 0),
    note text,
    placed_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.orders
    ADD CONSTRAINT orders_shipment_fk FOREIGN KEY (shipment_id) REFERENCES app.shipments NOT VALID;
ALTER TABLE public.orders ADD CONSTRAINT orders_note_check CHECK (note <> '') NOT VALID;
CREATE INDEX orders_customer_idx ON public.orders (customer_id);
CREATE INDEX orders_new_idx ON public.orders (placed_at) WHERE status = 'new';
CREATE INDEX orders_customer_status_idx ON public.orders (customer_id, status) INCLUDE (total);

CREATE TABLE public.order_lines (
    order_id bigint NOT NULL,
    line_no integer NOT NULL,
    product_id integer,
    amount integer NOT NULL DEFAULT 1,
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, line_no),
    CONSTRAINT order_lines_order_fk FOREIGN KEY (order_id) REFERENCES public.orders
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT order_lines_product_fk FOREIGN KEY (product_id) REFERENCES public.products ON UPDATE CASCADE
);

CREATE TABLE "Mixed Case"."Order Items" (
    "Id" integer CONSTRAINT "Order Items Key" PRIMARY KEY,
    "Unit Price" numeric(10,2),
    "select" text
);
CREATE INDEX "Price Index" ON "Mixed Case"."Order Items" ("Unit Price");

-- Columns of every kind, with nothing that depends on them

CREATE TABLE app.samples (
    id integer PRIMARY KEY,
    c_smallint smallint,
    c_int integer,
    c_bigint bigint,
    c_real real,
    c_double double precision,
    c_numeric numeric(10,2),
    c_numeric_any numeric,
    c_money money,
    c_bool boolean,
    c_char char(8),
    c_varchar varchar(20),
    c_varchar_any varchar,
    c_text text,
    c_name name,
    c_bytea bytea,
    c_bit bit(4),
    c_varbit varbit(8),
    c_date date,
    c_time time(3),
    c_timetz timetz,
    c_timestamp timestamp,
    c_timestamp3 timestamp(3),
    c_timestamptz timestamptz,
    c_interval interval,
    c_interval3 interval(3),
    c_uuid uuid,
    c_json json,
    c_jsonb jsonb,
    c_xml xml,
    c_inet inet,
    c_cidr cidr,
    c_macaddr macaddr,
    c_point point,
    c_tsvector tsvector,
    c_oid oid,
    c_int4range int4range,
    c_floatspan app.floatspan,
    c_mood app.mood,
    c_shade app.shade,
    c_address app.address,
    c_label app.label,
    c_email app.email,
    c_posint app.posint,
    c_plainint app.plainint,
    c_draft app.draft,
    c_required app.required,
    c_ints integer[],
    c_texts text[],
    c_varchars varchar(10)[],
    c_bytes text COLLATE app.bytes
);

-- Indexes of every kind

CREATE TABLE app.indexed (
    a integer NOT NULL,
    b varchar(20),
    c text,
    d jsonb,
    e int4range,
    f timestamp,
    g timestamptz,
    h numeric(6,2),
    i integer,
    j varchar(30),
    k varchar(20)
);
CREATE UNIQUE INDEX indexed_a_idx ON app.indexed (a);
CREATE INDEX indexed_b_idx ON app.indexed (b);
CREATE INDEX indexed_b_lower_idx ON app.indexed (lower(b));
CREATE INDEX indexed_c_hash_idx ON app.indexed USING hash (c);
CREATE INDEX indexed_d_gin_idx ON app.indexed USING gin (d);
CREATE INDEX indexed_e_gist_idx ON app.indexed USING gist (e);
CREATE INDEX indexed_f_brin_idx ON app.indexed USING brin (f);
CREATE INDEX indexed_g_idx ON app.indexed (g DESC NULLS LAST);
CREATE INDEX indexed_h_partial_idx ON app.indexed (a, h) WHERE h > 10;
CREATE UNIQUE INDEX indexed_i_partial_idx ON app.indexed (i) WHERE i IS NOT NULL;
CREATE INDEX indexed_j_multi_idx ON app.indexed (j, a) INCLUDE (h) WITH (fillfactor = 80);
CREATE INDEX indexed_k_idx ON app.indexed (k);
CREATE UNIQUE INDEX indexed_i_idx ON app.indexed (i);
CREATE SEQUENCE app.indexed_no OWNED BY app.indexed.a;

-- What proves that a column holds no NULL, and what does not

CREATE TABLE app.facts (
    a integer CONSTRAINT facts_a_known CHECK (a IS NOT NULL),
    b integer,
    c integer CONSTRAINT facts_c_known CHECK (c IS NOT NULL AND c > 0),
    d integer CONSTRAINT facts_d_positive CHECK (d > 0),
    e integer,
    f integer NOT NULL,
    g integer,
    h integer,
    CONSTRAINT facts_gh_known CHECK (g IS NOT NULL AND h IS NOT NULL)
);
ALTER TABLE app.facts ADD CONSTRAINT facts_b_known CHECK (b IS NOT NULL) NOT VALID;
CREATE UNIQUE INDEX facts_e_idx ON app.facts (e);
CREATE UNIQUE INDEX facts_f_idx ON app.facts (f);
CREATE UNIQUE INDEX facts_a_idx ON app.facts (a);

CREATE TABLE app.bookings (
    id integer,
    room integer,
    during int4range,
    CONSTRAINT bookings_during_excl EXCLUDE USING gist (during WITH &&)
);

-- Whose expressions use functions, types and sequences of our own

CREATE TABLE app.tickets (
    no bigint DEFAULT nextval('app.ticket_no') PRIMARY KEY,
    code text DEFAULT app.next_code(),
    weight integer CONSTRAINT tickets_weight_even CHECK (app.is_even(weight)),
    doubled integer GENERATED ALWAYS AS (app.twice(weight)) STORED,
    title text,
    kind app.shade
);
CREATE INDEX tickets_title_idx ON app.tickets (app.tidy(title));

-- Settings of a table, and a table that loses and gains columns

CREATE TABLE other.hot (
    id integer NOT NULL,
    payload text,
    bulky text,
    gone integer,
    CONSTRAINT hot_pkey PRIMARY KEY (id)
) WITH (fillfactor = 90, autovacuum_enabled = false);
ALTER TABLE other.hot ALTER COLUMN bulky SET STORAGE EXTERNAL;
ALTER TABLE other.hot ALTER COLUMN payload SET STATISTICS 500;
ALTER TABLE other.hot CLUSTER ON hot_pkey;
ALTER TABLE other.hot REPLICA IDENTITY USING INDEX hot_pkey;
ALTER TABLE other.hot DROP COLUMN gone;

CREATE UNLOGGED TABLE app.cache (key text PRIMARY KEY, value text);
CREATE TABLE app.addresses OF app.address (CONSTRAINT addresses_street_key UNIQUE (street));
CREATE TABLE app.nothing ();
CREATE TABLE app.journal (at timestamptz DEFAULT now(), what text, amount integer);
CREATE TABLE app.twin_heap (id integer, body text) USING heap_twin;

-- Row level security, privileges, rules, triggers

CREATE TABLE other.accounts (
    id integer PRIMARY KEY,
    owner text NOT NULL DEFAULT CURRENT_USER,
    secret text,
    limit_amount integer
);
ALTER TABLE other.accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY accounts_own ON other.accounts USING (owner = CURRENT_USER) WITH CHECK (owner = CURRENT_USER);
CREATE POLICY accounts_read ON other.accounts AS RESTRICTIVE FOR SELECT TO slipway_test_reader
    USING (app.is_even(limit_amount));
CREATE TABLE other.owned (id integer PRIMARY KEY, body text);
ALTER TABLE other.owned OWNER TO slipway_test_owner;
GRANT USAGE ON SCHEMA app, other TO slipway_test_app, slipway_test_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON other.accounts, public.customers TO slipway_test_app;
GRANT SELECT (id, owner) ON other.accounts TO slipway_test_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO slipway_test_reader;

CREATE TABLE public.tasks (id integer PRIMARY KEY, title text, done boolean DEFAULT false, worker integer);
CREATE RULE tasks_copy AS ON INSERT TO public.tasks DO ALSO INSERT INTO app.journal (what) VALUES (NEW.title);
CREATE RULE tasks_keep AS ON DELETE TO public.tasks DO INSTEAD NOTHING;
CREATE TRIGGER tasks_touch BEFORE INSERT OR UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER tasks_title BEFORE UPDATE OF title ON public.tasks
    FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION app.touch();
CREATE TRIGGER tasks_statement AFTER UPDATE ON public.tasks
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION app.note_statement();
CREATE TRIGGER tasks_off AFTER DELETE ON public.tasks FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE public.tasks DISABLE TRIGGER tasks_off;
CREATE TRIGGER orders_touch BEFORE UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE CONSTRAINT TRIGGER shipments_check AFTER INSERT ON app.shipments FROM other.warehouses
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();

-- Inheritance, two levels

CREATE TABLE app.animals (
    id integer NOT NULL,
    name varchar(30),
    legs integer CONSTRAINT animals_legs_check CHECK (legs >= 0)
);
CREATE TABLE app.mammals (fur text) INHERITS (app.animals);
CREATE TABLE app.dogs (breed text) INHERITS (app.mammals);
CREATE TABLE app.birds (wings integer) INHERITS (app.animals);
CREATE TABLE app.fishes (id integer NOT NULL, name varchar(30),
    legs integer CONSTRAINT animals_legs_check CHECK (legs >= 0));
CREATE INDEX animals_name_idx ON app.animals (name);
CREATE INDEX dogs_name_idx ON app.dogs (name);

-- Partitions by range, with a default, a level below, a key, foreign keys from and to

CREATE TABLE public.events (
    id integer NOT NULL,
    day date NOT NULL,
    kind text,
    customer_id integer CONSTRAINT events_customer_fk REFERENCES public.customers,
    payload varchar(40),
    amount integer CONSTRAINT events_amount_check CHECK (amount >= 0),
    CONSTRAINT events_pkey PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE TABLE public.events_2024 PARTITION OF public.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.events_2025 PARTITION OF public.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public.events_2026 PARTITION OF public.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
    PARTITION BY RANGE (day);
CREATE TABLE public.events_2026_a PARTITION OF public.events_2026 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE public.events_2026_b PARTITION OF public.events_2026 FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');
CREATE TABLE public.events_default PARTITION OF public.events DEFAULT;
CREATE INDEX events_payload_idx ON public.events (payload);
CREATE TABLE public.event_notes (
    event_id integer,
    event_day date,
    note text,
    CONSTRAINT event_notes_fk FOREIGN KEY (event_id, event_day) REFERENCES public.events (id, day)
);
CREATE TABLE public.events_2027_proved (
    LIKE public.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    CONSTRAINT events_2027_bound CHECK (day IS NOT NULL AND day >= '2027-01-01'::date AND day < '2028-01-01'::date)
);
CREATE TABLE public.events_2027_bare (LIKE public.events INCLUDING DEFAULTS INCLUDING CONSTRAINTS);

-- By list without a default, by hash, by range with a default whose CHECK proves it, by an expression

CREATE TABLE app.readings (id integer, region text NOT NULL, value double precision, taken_at timestamp)
    PARTITION BY LIST (region);
CREATE TABLE app.readings_north PARTITION OF app.readings FOR VALUES IN ('north');
CREATE TABLE app.readings_south PARTITION OF app.readings FOR VALUES IN ('south', 'far south');
CREATE INDEX readings_north_by_value ON app.readings_north (value);
CREATE INDEX readings_value_idx ON ONLY app.readings (value);
CREATE TABLE app.readings_east_proved (id integer, region text NOT NULL, value double precision, taken_at timestamp,
    CONSTRAINT readings_east_bound CHECK (region = 'east'));
CREATE TABLE app.readings_east_bare (id integer, region text NOT NULL, value double precision, taken_at timestamp);

CREATE TABLE app.buckets (id integer PRIMARY KEY, body text) PARTITION BY HASH (id);
CREATE TABLE app.buckets_0 PARTITION OF app.buckets FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.buckets_1 PARTITION OF app.buckets FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE app.buckets_3 (id integer NOT NULL, body text);

CREATE TABLE other.metrics (n integer NOT NULL, value numeric) PARTITION BY RANGE (n);
CREATE TABLE other.metrics_low PARTITION OF other.metrics FOR VALUES FROM (MINVALUE) TO (1000);
CREATE TABLE other.metrics_rest PARTITION OF other.metrics DEFAULT;
ALTER TABLE other.metrics_rest ADD CONSTRAINT metrics_rest_bound CHECK (n < 1000 OR n >= 2000);
CREATE TABLE other.metrics_mid (n integer NOT NULL, value numeric,
    CONSTRAINT metrics_mid_bound CHECK (n >= 1000 AND n < 2000));

CREATE TABLE other.logs (topic text, n integer) PARTITION BY RANGE (lower(topic), n);
CREATE TABLE other.logs_a PARTITION OF other.logs FOR VALUES FROM ('a', 0) TO ('m', 0);

-- Views of every kind

CREATE VIEW app.customer_names AS SELECT id, name, nick FROM public.customers;
CREATE VIEW app.active_customers WITH (security_barrier) AS
    SELECT id, name, active FROM public.customers WHERE active WITH LOCAL CHECK OPTION;
CREATE VIEW app.order_totals AS
    SELECT c.id, c.name, sum(o.total) AS total, count(*) AS orders
    FROM public.customers c JOIN public.orders o ON o.customer_id = c.id GROUP BY c.id, c.name;
CREATE VIEW app.big_totals AS SELECT * FROM app.order_totals WHERE total > 100;
CREATE VIEW app.product_list AS SELECT id, title, price FROM public.products;
CREATE RULE product_list_insert AS ON INSERT TO app.product_list
    DO INSTEAD INSERT INTO app.journal (what) VALUES (NEW.title);
CREATE VIEW app.customer_edit AS SELECT id, upper(name) AS name FROM public.customers;
CREATE TRIGGER customer_edit_update INSTEAD OF UPDATE ON app.customer_edit
    FOR EACH ROW EXECUTE FUNCTION app.edit_view();
CREATE RECURSIVE VIEW app.order_tree (id, root) AS
    SELECT id, id FROM public.orders WHERE parent_id IS NULL
    UNION ALL SELECT o.id, t.root FROM public.orders o JOIN order_tree t ON o.parent_id = t.id;
CREATE VIEW app.even_shipments AS SELECT id, carrier FROM app.shipments WHERE app.is_even(id);
CREATE VIEW other.all_animals AS SELECT id, name FROM app.animals;
CREATE VIEW other.all_events AS SELECT id, day, amount FROM public.events;

CREATE MATERIALIZED VIEW app.customer_stats AS
    SELECT customer_id, count(*) AS orders, sum(total) AS total FROM public.orders GROUP BY customer_id WITH NO DATA;
CREATE UNIQUE INDEX customer_stats_idx ON app.customer_stats (customer_id);
CREATE MATERIALIZED VIEW app.empty_stats AS SELECT count(*) AS lines FROM public.order_lines WITH NO DATA;
CREATE MATERIALIZED VIEW app.tree_stats AS SELECT root, count(*) AS n FROM app.order_tree GROUP BY root WITH NO DATA;
CREATE VIEW app.best_stats AS SELECT * FROM app.customer_stats WHERE orders > 1;

-- Functions and procedures that read, write and change the schema

CREATE FUNCTION app.order_count(customer integer) RETURNS bigint LANGUAGE sql STABLE
    AS 'SELECT count(*) FROM public.orders WHERE customer_id = customer';
CREATE FUNCTION app.customer_rows() RETURNS SETOF public.customers LANGUAGE sql STABLE
    AS 'SELECT * FROM public.customers';
CREATE FUNCTION app.close_orders(customer integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    n integer;
BEGIN
    UPDATE public.orders SET status = 'closed' WHERE customer_id = customer;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END
$$;
CREATE FUNCTION app.widen_journal() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE app.journal ADD COLUMN extra text;
END
$$;
CREATE FUNCTION app.add_flag(target text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ADD COLUMN flag boolean', target);
END
$$;
CREATE PROCEDURE app.archive(before integer) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO app.journal (what, amount) SELECT carrier, id FROM app.shipments WHERE id < before;
END
$$;
CREATE PROCEDURE app.archive_sql(before integer) LANGUAGE sql
    AS 'DELETE FROM app.journal WHERE amount < before';

-- What goes when schema "scrap" goes

CREATE TYPE scrap.size AS ENUM ('small', 'large');
CREATE SEQUENCE scrap.box_no;
CREATE TABLE scrap.boxes (id integer PRIMARY KEY, size scrap.size);
CREATE FUNCTION scrap.default_label() RETURNS text LANGUAGE sql AS $$SELECT 'box'::text$$;
CREATE TABLE public.box_labels (
    box_id integer CONSTRAINT box_labels_fk REFERENCES scrap.boxes,
    size scrap.size,
    no bigint DEFAULT nextval('scrap.box_no'),
    label text DEFAULT scrap.default_label()
);
CREATE VIEW app.box_sizes AS SELECT id, size FROM scrap.boxes;

-- Foreign data, statistics, publications, event triggers

CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE app.remote_lines (n integer, word text) SERVER files OPTIONS (program 'echo 1,one', format 'csv');
CREATE FOREIGN DATA WRAPPER dummy;
CREATE SERVER nowhere TYPE 'none' VERSION '1' FOREIGN DATA WRAPPER dummy OPTIONS (host 'localhost');
CREATE USER MAPPING FOR slipway_test_app SERVER nowhere OPTIONS (password 'none');
CREATE FOREIGN TABLE other.far_items (
    id integer OPTIONS (key 'true') NOT NULL,
    title varchar(20),
    CONSTRAINT far_items_check CHECK (id > 0)
) SERVER nowhere OPTIONS (name 'items');

CREATE STATISTICS app.orders_stats (dependencies, ndistinct) ON customer_id, status FROM public.orders;
CREATE STATISTICS app.samples_stats ON c_int, c_bigint FROM app.samples;
CREATE PUBLICATION slipway_test_pub FOR TABLE public.customers, app.shipments;
CREATE EVENT TRIGGER slipway_test_guard ON ddl_command_end EXECUTE FUNCTION app.guard();
ALTER EVENT TRIGGER slipway_test_guard DISABLE;
SELECT lo_create(424242);

COMMENT ON TABLE public.customers IS 'who buys';
COMMENT ON COLUMN public.customers.nick IS 'as they call themselves';
COMMENT ON FUNCTION app.one() IS 'one';

-- Rows, enough for a scan to be seen

INSERT INTO other.warehouses SELECT n, 'w' || n, 'city ' || n % 7 FROM generate_series(1, 20) n;
INSERT INTO public.customers (name, email, nick, phone, home, tags, balance, active, profile)
    SELECT 'name ' || n, 'c' || n || '@example.org', 'nick' || n, '555-' || n, ('(street ' || n || ',city,1000)')::app.address,
        ARRAY['a', 'b'], n, n % 3 > 0, '{"k": 1}'
    FROM generate_series(1, 300) n;
INSERT INTO public.customers (name) VALUES ('alone');
UPDATE public.customers SET referrer_id = 1 WHERE id > 1;
INSERT INTO public.products (sku, title, price, weight)
    SELECT 'sku' || n, 'title ' || n, n, n FROM generate_series(1, 300) n;
INSERT INTO app.shipments SELECT n, 1 + n % 20, '2024-05-06 07:08:09', 'carrier ' || n % 5 FROM generate_series(1, 300) n;
INSERT INTO public.orders (customer_id, shipment_id, parent_id, status, total, note)
    SELECT 1 + n % 300, 1 + n % 300, CASE WHEN n > 10 THEN n % 10 + 1 END,
        CASE n % 2 WHEN 0 THEN 'new' ELSE 'paid' END, n, 'note ' || n
    FROM generate_series(1, 600) n;
INSERT INTO public.orders (customer_id) VALUES (301);
INSERT INTO public.order_lines SELECT n, 1, 1 + n % 300, 2 FROM generate_series(1, 600) n;
INSERT INTO "Mixed Case"."Order Items" SELECT n, n, 'x' FROM generate_series(1, 300) n;
INSERT INTO app.samples (id, c_smallint, c_int, c_bigint, c_real, c_double, c_numeric, c_numeric_any, c_money, c_bool,
        c_char, c_varchar, c_varchar_any, c_text, c_name, c_bytea, c_bit, c_varbit, c_date, c_time, c_timetz,
        c_timestamp, c_timestamp3, c_timestamptz, c_interval, c_interval3, c_uuid, c_json, c_jsonb, c_inet, c_cidr,
        c_macaddr, c_point, c_tsvector, c_oid, c_int4range, c_floatspan, c_mood, c_shade, c_address, c_label, c_email,
        c_posint, c_plainint, c_draft, c_ints, c_texts, c_varchars, c_bytes)
    SELECT n, n, n, n, n, n, n, n, n::numeric, n % 2 = 0,
        'ch' || n, 'v' || n, 'v' || n, n::text, 'n' || n, '\x00', B'1010', B'101', '2024-01-01', '12:00', '12:00+00',
        '2024-01-01 12:00', '2024-01-01 12:00', '2024-01-01 12:00+00', '1 hour', '1 hour',
        '00000000-0000-0000-0000-000000000001', '{}', '{}', '10.0.0.1', '10.0.0.0/8',
        '08:00:2b:01:02:03', '(1,2)', 'a b', n, int4range(n, n + 1), '[1,2)', 'ok', 'dark',
        '(s,c,z)', 'l', 'a@b', n, n, n, ARRAY[n], ARRAY['t'], ARRAY['v'], 'b'
    FROM generate_series(1, 300) n;
INSERT INTO app.indexed
    SELECT n, 'b' || n, 'c' || n, '{"k": 1}', int4range(n, n + 1), '2024-01-01', '2024-01-01 00:00+00', n, n, 'j', 'k'
    FROM generate_series(1, 300) n;
INSERT INTO app.facts SELECT n, n, n, n, n, n, n, n FROM generate_series(1, 300) n;
INSERT INTO app.bookings SELECT n, 1, int4range(n, n + 1) FROM generate_series(1, 300) n;
INSERT INTO app.tickets (weight, title, kind) SELECT 2 * n, 'Title ' || n, 'dark' FROM generate_series(1, 300) n;
INSERT INTO other.hot SELECT n, 'p', repeat('b', 100) FROM generate_series(1, 300) n;
INSERT INTO app.cache SELECT 'k' || n, 'v' FROM generate_series(1, 300) n;
INSERT INTO app.addresses SELECT 'street ' || n, 'city', '1000' FROM generate_series(1, 300) n;
INSERT INTO app.journal (what, amount) SELECT 'what', n FROM generate_series(1, 300) n;
INSERT INTO app.twin_heap SELECT n, 'body' FROM generate_series(1, 300) n;
INSERT INTO other.accounts SELECT n, 'owner', 'secret', n FROM generate_series(1, 300) n;
INSERT INTO other.owned SELECT n, 'body' FROM generate_series(1, 300) n;
INSERT INTO public.tasks SELECT n, 'task ' || n, false, n FROM generate_series(1, 300) n;
INSERT INTO app.animals SELECT n, 'animal', 4 FROM generate_series(1, 300) n;
INSERT INTO app.mammals SELECT n, 'mammal', 4, 'fur' FROM generate_series(1, 300) n;
INSERT INTO app.dogs SELECT n, 'dog', 4, 'fur', 'breed' FROM generate_series(1, 300) n;
INSERT INTO app.birds SELECT n, 'bird', 2, 2 FROM generate_series(1, 300) n;
INSERT INTO app.fishes SELECT n, 'fish', 0 FROM generate_series(1, 300) n;
INSERT INTO public.events
    SELECT n, '2024-01-01'::date + n, 'a', 1 + n % 300, 'p' || n, n FROM generate_series(0, 1095) n;
INSERT INTO public.events SELECT n, '2030-01-01', 'z', 1, 'p', n FROM generate_series(1, 300) n;
INSERT INTO public.event_notes SELECT n, '2024-01-01'::date + n, 'note' FROM generate_series(1, 300) n;
INSERT INTO public.events_2027_proved SELECT n, '2027-06-01', 'a', 1, 'p', n FROM generate_series(1, 300) n;
INSERT INTO public.events_2027_bare SELECT n, '2027-06-01', 'a', 1, 'p', n FROM generate_series(1, 300) n;
INSERT INTO app.readings
    SELECT n, CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, n, '2024-01-01' FROM generate_series(1, 600) n;
INSERT INTO app.readings_east_proved SELECT n, 'east', n, '2024-01-01' FROM generate_series(1, 300) n;
INSERT INTO app.readings_east_bare SELECT n, 'east', n, '2024-01-01' FROM generate_series(1, 300) n;
INSERT INTO app.buckets SELECT n, 'body' FROM generate_series(1, 900) n
    WHERE NOT satisfies_hash_partition('app.buckets'::regclass, 4, 3, n);
INSERT INTO app.buckets_3 SELECT n, 'body' FROM generate_series(1, 900) n
    WHERE satisfies_hash_partition('app.buckets'::regclass, 4, 3, n);
INSERT INTO other.metrics SELECT n, n FROM generate_series(1, 300) n;
INSERT INTO other.metrics SELECT n, n FROM generate_series(3001, 3300) n;
INSERT INTO other.metrics_mid SELECT n, n FROM generate_series(1000, 1299) n;
INSERT INTO other.logs SELECT 'Bee', n FROM generate_series(1, 300) n;
INSERT INTO scrap.boxes SELECT n, 'small' FROM generate_series(1, 300) n;
INSERT INTO public.box_labels (box_id, size) SELECT n, 'small' FROM generate_series(1, 300) n;
REFRESH MATERIALIZED VIEW app.customer_stats;
REFRESH MATERIALIZED VIEW app.tree_stats;
ANALYZE;
