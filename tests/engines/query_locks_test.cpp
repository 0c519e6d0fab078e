// The locks of queries: what is predicted is what pg_locks shows.

#include <sstream>

#include "engines/postgres/connect.h"
#include "playing.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

using tests::Database;
using tests::locksOf;
using tests::Played;

constexpr const char* schema = R"sql(
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, email text UNIQUE);
CREATE TABLE orders (id serial PRIMARY KEY, customer int REFERENCES customers, note text, total numeric);
CREATE INDEX orders_customer ON orders (customer);
CREATE TABLE lines (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, orderid int REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE, what text);
CREATE TABLE shipments (line int REFERENCES lines ON DELETE SET NULL, at date);
CREATE INDEX shipments_line ON shipments (line);
CREATE TABLE parent (id int PRIMARY KEY, a text);
CREATE TABLE child () INHERITS (parent);
CREATE INDEX child_a ON child (a);
CREATE TABLE grandchild () INHERITS (child);
CREATE TABLE p (k int, d date, v text) PARTITION BY RANGE (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE TABLE pd PARTITION OF p DEFAULT;
CREATE INDEX p_k ON p (k);
CREATE TABLE pl (c text, v int, PRIMARY KEY (c)) PARTITION BY LIST (c);
CREATE TABLE pl_a PARTITION OF pl FOR VALUES IN ('a', 'b');
CREATE TABLE pl_x PARTITION OF pl FOR VALUES IN ('x', NULL);
CREATE TABLE ph (c int, v int) PARTITION BY HASH (c);
CREATE TABLE ph_0 PARTITION OF ph FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE ph_1 PARTITION OF ph FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE refp (c text REFERENCES pl);
CREATE TABLE pref (k int, customer int REFERENCES customers) PARTITION BY RANGE (k);
CREATE TABLE pref1 PARTITION OF pref FOR VALUES FROM (0) TO (10);
CREATE VIEW v_orders AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer;
CREATE VIEW v_simple AS SELECT id, name FROM customers WHERE name <> '';
CREATE VIEW v_nested AS SELECT * FROM v_simple;
CREATE MATERIALIZED VIEW mv AS SELECT id, name FROM customers;
CREATE UNIQUE INDEX mv_id ON mv (id);
CREATE TABLE audit (id int, what text);
CREATE FUNCTION audit_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (1, TG_OP); RETURN NULL; END $$;
CREATE TABLE audited (id int, x int, y int);
CREATE TRIGGER t AFTER INSERT OR UPDATE OF x ON audited FOR EACH ROW EXECUTE FUNCTION audit_f();
CREATE TRIGGER ts AFTER DELETE ON audited FOR EACH STATEMENT EXECUTE FUNCTION audit_f();
CREATE VIEW v_ins AS SELECT id FROM audit;
CREATE FUNCTION v_ins_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE parent SET a = 'x'; RETURN NEW; END $$;
CREATE TRIGGER vt INSTEAD OF INSERT ON v_ins FOR EACH ROW EXECUTE FUNCTION v_ins_f();
CREATE TABLE ruled (id int, x text);
CREATE RULE r AS ON INSERT TO ruled DO ALSO INSERT INTO audit VALUES (NEW.id, NEW.x);
CREATE RULE r2 AS ON DELETE TO ruled DO INSTEAD UPDATE parent SET a = OLD.x WHERE id = OLD.id;
CREATE VIEW v_ruled AS SELECT id, x FROM ruled;
CREATE RULE vr AS ON UPDATE TO v_ruled DO INSTEAD UPDATE audit SET what = NEW.x WHERE id = OLD.id;
CREATE TABLE sec (id int, owner text);
CREATE TABLE sec_rights (owner text);
CREATE POLICY pol ON sec USING (owner IN (SELECT owner FROM sec_rights));
ALTER TABLE sec ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM orders';
CREATE FUNCTION count_orders_s() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM orders';
CREATE FUNCTION pl_f(n int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE x int; BEGIN SELECT id INTO x FROM parent WHERE id = n; RETURN x; END $$;
CREATE SEQUENCE seq;
CREATE TABLE chk (id int CHECK (id < 100), n int DEFAULT nextval('seq'), d bigint DEFAULT count_orders());
CREATE TABLE fx (id int, g int GENERATED ALWAYS AS (id + 1) STORED);
CREATE INDEX fx_e ON fx ((id * 2));
INSERT INTO customers VALUES (1, 'a', 'a@'), (2, 'b', 'b@');
INSERT INTO orders (customer, note) VALUES (1, 'x'), (2, 'y');
INSERT INTO lines (orderid, what) VALUES (1, 'x');
INSERT INTO shipments VALUES (1, now());
INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (2, 'b'); INSERT INTO grandchild VALUES (3, 'c');
INSERT INTO p VALUES (1, now(), 'a'), (11, now(), 'b'), (100, now(), 'c');
INSERT INTO pl VALUES ('a', 1), ('x', 2);
INSERT INTO ph VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO refp VALUES ('a');
INSERT INTO pref VALUES (1, 1);
INSERT INTO audit VALUES (1, 'a');
INSERT INTO audited VALUES (1, 1, 1);
INSERT INTO ruled VALUES (1, 'a');
INSERT INTO sec VALUES (1, 'a'); INSERT INTO sec_rights VALUES ('a');
CREATE INDEX ruled_x ON ruled (x);
CREATE TABLE replaced (id int PRIMARY KEY);
CREATE RULE rd AS ON DELETE TO replaced DO INSTEAD INSERT INTO audit VALUES (1);
CREATE RULE ru AS ON UPDATE TO replaced DO INSTEAD NOTHING;
INSERT INTO replaced VALUES (1);
CREATE TABLE multi (a int, b int, c int, UNIQUE (a), CONSTRAINT multi_b UNIQUE (b));
CREATE INDEX multi_c ON multi (c);
CREATE VIEW v_io AS SELECT id, what FROM audit;
CREATE TRIGGER vio INSTEAD OF UPDATE OR DELETE ON v_io FOR EACH ROW EXECUTE FUNCTION v_ins_f();
CREATE VIEW v_sub AS SELECT id, note FROM orders WHERE customer IN (SELECT id FROM customers);
CREATE TABLE whened (id int);
CREATE TRIGGER w AFTER INSERT ON whened FOR EACH ROW WHEN (NEW.id > 5) EXECUTE FUNCTION audit_f();
CREATE TABLE deferredfk (id int, FOREIGN KEY (id) REFERENCES customers DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE mp (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE mp1 PARTITION OF mp FOR VALUES FROM (0, 0) TO (5, 5);
CREATE TABLE mp2 PARTITION OF mp FOR VALUES FROM (5, 5) TO (9, MAXVALUE);
CREATE TABLE sp (k int, s text) PARTITION BY LIST (k);
CREATE TABLE sp1 PARTITION OF sp FOR VALUES IN (1) PARTITION BY LIST (s);
CREATE TABLE sp1a PARTITION OF sp1 FOR VALUES IN ('a');
CREATE TABLE sp1b PARTITION OF sp1 FOR VALUES IN ('b');
CREATE TABLE sp2 PARTITION OF sp FOR VALUES IN (2);
CREATE TABLE dp (d date, v int) PARTITION BY RANGE (d);
CREATE TABLE dp1 PARTITION OF dp FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE dp2 PARTITION OF dp FOR VALUES FROM ('2025-01-01') TO ('2027-01-01');
CREATE TABLE selfref (id int PRIMARY KEY, up int REFERENCES selfref);
CREATE TABLE casc (id int PRIMARY KEY, k int REFERENCES casc ON DELETE CASCADE);
CREATE TABLE idfn (id int);
CREATE FUNCTION imm(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE x int; BEGIN SELECT 1 INTO x FROM audit; RETURN 1; END $$;
CREATE INDEX idfn_i ON idfn (imm(id));
CREATE TABLE ckfn (id int CHECK (imm(id) > 0));
CREATE FUNCTION setret() RETURNS SETOF orders LANGUAGE sql STABLE AS 'SELECT * FROM orders';
CREATE FUNCTION upd() RETURNS void LANGUAGE sql AS 'UPDATE audit SET id = 1; INSERT INTO audited VALUES (1,1,1)';
CREATE PROCEDURE prc() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM lines WHERE id > 0; END $$;
INSERT INTO selfref VALUES (1, null); INSERT INTO casc VALUES (1, null), (2, 1);
CREATE VIEW v_fn AS SELECT id, imm(id) FROM idfn;
INSERT INTO idfn VALUES (1);
)sql";

// Each is run in a session of its own, since plans of functions and foreign keys outlive the statement.
const std::vector<const char*> statements = {
    "SELECT * FROM customers",
    "SELECT 1 FROM orders FOR UPDATE",
    "SELECT * FROM v_orders",
    "SELECT * FROM v_orders FOR UPDATE",
    "SELECT * FROM mv",
    "SELECT * FROM parent",
    "SELECT * FROM ONLY parent",
    "SELECT * FROM p",
    "SELECT * FROM p WHERE k = 5",
    "SELECT * FROM p WHERE k = 5 FOR UPDATE",
    "SELECT * FROM p WHERE k IN (1, 11)",
    "SELECT * FROM p WHERE k > 12 AND v = 'x'",
    "SELECT * FROM pl WHERE c = 'a'",
    "SELECT * FROM ONLY p",
    "SELECT * FROM p1",
    "INSERT INTO customers VALUES (3, 'c')",
    "INSERT INTO orders (customer) VALUES (1)",
    "INSERT INTO orders (note) VALUES ('x')",
    "INSERT INTO lines (orderid) VALUES (1)",
    "UPDATE customers SET name = 'x'",
    "UPDATE customers SET email = 'x' WHERE id = 1",
    "DELETE FROM orders",
    "DELETE FROM orders WHERE id = 1",
    "UPDATE orders SET id = 100 WHERE id = 1",
    "UPDATE orders SET customer = 2",
    "UPDATE parent SET a = 'x'",
    "UPDATE ONLY parent SET a = 'x'",
    "DELETE FROM parent",
    "INSERT INTO parent VALUES (5, 'x')",
    "INSERT INTO p VALUES (5, now(), 'x')",
    "INSERT INTO p VALUES (5, now(), 'x'), (15, now(), 'y')",
    "INSERT INTO pl VALUES ('b', 1)",
    "UPDATE p SET v = 'x'",
    "UPDATE p SET v = 'x' WHERE k = 5",
    "UPDATE p SET k = 15 WHERE k = 1",
    "DELETE FROM p",
    "DELETE FROM p WHERE k = 5",
    "DELETE FROM pl WHERE c = 'x'",
    "INSERT INTO refp VALUES ('a')",
    "INSERT INTO pref VALUES (1, 1)",
    "UPDATE pref SET customer = 2",
    "INSERT INTO audited VALUES (2, 2, 2)",
    "UPDATE audited SET y = 1",
    "UPDATE audited SET x = 1",
    "DELETE FROM audited",
    "INSERT INTO v_ins VALUES (1)",
    "INSERT INTO ruled VALUES (2, 'x')",
    "DELETE FROM ruled",
    "UPDATE v_ruled SET x = 'y'",
    "UPDATE v_simple SET name = 'x'",
    "INSERT INTO v_simple VALUES (7, 'x')",
    "UPDATE v_nested SET name = 'x'",
    "SELECT * FROM sec",
    "SELECT count_orders()",
    "SELECT count_orders_s()",
    "SELECT pl_f(1)",
    "SELECT nextval('seq')",
    "SELECT currval('seq') FROM (SELECT nextval('seq')) s",
    "SELECT setval('seq', 5)",
    "SELECT 'customers'::regclass",
    "SELECT pg_relation_size('customers')",
    "SELECT last_value FROM seq",
    "INSERT INTO chk (id) VALUES (1)",
    "INSERT INTO chk VALUES (1, 1, 1)",
    "INSERT INTO customers VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'y'",
    "INSERT INTO customers VALUES (1, 'x') ON CONFLICT DO NOTHING",
    "WITH d AS (DELETE FROM audit RETURNING id) SELECT * FROM d JOIN customers USING (id)",
    "WITH u AS (SELECT * FROM customers) SELECT 1",
    "WITH u AS (SELECT * FROM customers) SELECT * FROM u FOR UPDATE",
    "SELECT * FROM (SELECT * FROM customers) s FOR UPDATE",
    "SELECT * FROM customers c, orders o FOR UPDATE OF c",
    "SELECT (SELECT max(id) FROM orders) FROM customers FOR UPDATE",
    "UPDATE customers SET name = note FROM orders WHERE orders.customer = customers.id",
    "DELETE FROM audit USING customers WHERE customers.id = 1",
    "MERGE INTO customers c USING orders o ON c.id = o.customer WHEN MATCHED THEN UPDATE SET name = 'x' WHEN NOT MATCHED THEN INSERT VALUES (9, 'x')",
    "SELECT 1 FROM customers WHERE false",
    "SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer",
    "SELECT count(*) FROM fx",
    "INSERT INTO fx VALUES (1)",
    "DELETE FROM ruled",
    "INSERT INTO ruled VALUES (1, 'x')",
    "UPDATE ruled SET x = 'y'",
    "INSERT INTO multi VALUES (1,2,3) ON CONFLICT ON CONSTRAINT multi_b DO NOTHING",
    "INSERT INTO multi VALUES (1,2,3) ON CONFLICT ON CONSTRAINT multi_a_key DO NOTHING",
    "INSERT INTO multi VALUES (1,2,3) ON CONFLICT (a) DO NOTHING",
    "INSERT INTO p VALUES (5, now(), 'x') ON CONFLICT DO NOTHING",
    "UPDATE v_io SET what = 'x'",
    "DELETE FROM v_io",
    "UPDATE v_sub SET note = 'x'",
    "DELETE FROM v_sub WHERE id = 1",
    "INSERT INTO deferredfk VALUES (1)",
    "SELECT * FROM mp WHERE a = 5",
    "SELECT * FROM mp WHERE a = 3",
    "SELECT * FROM mp WHERE a = 3 AND b = 1",
    "INSERT INTO mp VALUES (5, 5)",
    "INSERT INTO mp VALUES (5, 4)",
    "SELECT * FROM sp WHERE k = 1",
    "SELECT * FROM sp WHERE k = 1 AND s = 'a'",
    "INSERT INTO sp VALUES (1, 'b')",
    "SELECT * FROM dp WHERE d >= '2025-06-01'",
    "SELECT * FROM dp WHERE d = DATE '2024-06-01'",
    "SELECT * FROM dp WHERE d > now()",
    "SELECT * FROM dp WHERE d BETWEEN '2024-01-01' AND '2024-02-01'",
    "INSERT INTO dp VALUES ('2025-03-01', 1)",
    "SELECT * FROM p WHERE k = 5 OR k = 6",
    "SELECT * FROM p WHERE k IS NULL",
    "SELECT * FROM p WHERE k >= 2 AND k < 20",
    "SELECT * FROM p WHERE k BETWEEN 2 AND 20",
    "DELETE FROM replaced",
    "DELETE FROM replaced WHERE id = 1",
    "UPDATE replaced SET id = 2",
    "INSERT INTO lines OVERRIDING USER VALUE VALUES (7, NULL, 'x')",
    "UPDATE orders SET id = DEFAULT",
    "DO $$ DECLARE n int := (SELECT count(*) FROM audit); BEGIN n := n + 1; END $$",
    "SELECT * FROM p WHERE k <> 5",
    "SELECT * FROM p JOIN p AS q ON p.k = q.k WHERE p.k = 5",
    "INSERT INTO selfref VALUES (2, 1)",
    "DELETE FROM selfref",
    "UPDATE selfref SET up = 1",
    "DELETE FROM casc",
    "INSERT INTO idfn VALUES (1)",
    "UPDATE idfn SET id = 2",
    "INSERT INTO ckfn VALUES (1)",
    "SELECT * FROM setret()",
    "SELECT upd()",
    "CALL prc()",
    "SELECT * FROM v_fn",
    "WITH u AS (SELECT * FROM v_orders) SELECT 1",
    "WITH u AS (SELECT * FROM p) SELECT 1",
    "SELECT EXISTS (SELECT 1 FROM orders)",
    "SELECT * FROM information_schema.tables",
    "INSERT INTO p SELECT 5, now(), 'x'",
    "INSERT INTO orders (id, customer) VALUES (5, NULL)",
    "UPDATE orders SET customer = NULL",
    "DELETE FROM ONLY parent",
    "SELECT lastval() FROM (SELECT nextval('seq')) s",
    "SELECT pg_get_serial_sequence('orders', 'id')",
    "SELECT setval(pg_get_serial_sequence('orders', 'id'), 7)",
    "UPDATE p1 SET v = 'x'",
    "INSERT INTO p1 VALUES (1)",
    "INSERT INTO pref1 VALUES (1, 1)",
    "DELETE FROM pl_x WHERE c = 'x'",
    "DECLARE cu CURSOR FOR SELECT * FROM customers",
    "EXPLAIN SELECT * FROM customers",
    "EXPLAIN UPDATE audited SET x = 1",
    "EXPLAIN INSERT INTO p VALUES (1)",
    "EXPLAIN DELETE FROM orders",
    "EXPLAIN INSERT INTO multi VALUES (1,2,3) ON CONFLICT (a) DO NOTHING",
    "PREPARE prepared AS SELECT * FROM v_orders",
    "PREPARE prepared AS UPDATE v_simple SET name = 'x'",
    "CREATE FUNCTION made() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM v_orders; UPDATE v_simple SET name = ''x''; SELECT count_orders()'",
    "CREATE FUNCTION made() RETURNS bigint LANGUAGE sql AS 'INSERT INTO ruled VALUES (1); DELETE FROM v_sub; SELECT 1::bigint'",
    "DO $$ BEGIN PERFORM * FROM orders; END $$",
    "DO $$ DECLARE n int; BEGIN n := (SELECT count(*) FROM customers); END $$",
};

/// What only the rows decide, or a hash, or a value that is known at run time.
const std::vector<const char*> undecided = {
    "SELECT * FROM ph WHERE c = 1",
    "INSERT INTO ph VALUES (5, 1)",
    "INSERT INTO whened VALUES (1)",
    "INSERT INTO whened VALUES (6)",
    "UPDATE sp SET s = 'b' WHERE s = 'a'",
    "SELECT * FROM p JOIN ph ON p.k = ph.c WHERE p.k = 5",
    "DO $$ DECLARE n int := 5; BEGIN PERFORM * FROM p WHERE k = n; END $$",
    "DO $$ BEGIN IF EXISTS (SELECT 1 FROM orders) THEN UPDATE audit SET id = 1; END IF; END $$",
    "DO $$ BEGIN BEGIN UPDATE audit SET id = 1; RAISE EXCEPTION 'x'; EXCEPTION WHEN OTHERS THEN NULL; END; END $$",
};

/// As locksOf() writes it.
std::string observedLocks(const Database& database, const std::string& statement) {
    const auto session = database.connect();
    session->run("BEGIN");
    session->run(statement);
    session->run("SET CONSTRAINTS ALL IMMEDIATE");  // as COMMIT does
    return session
        ->value(R"sql(
SELECT string_agg(relname || ' ' || CASE strength WHEN 1 THEN 'AccessShare' WHEN 2 THEN 'RowShare' WHEN 3 THEN 'RowExclusive' ELSE '?' END,
                  ', ' ORDER BY relname COLLATE "C")
FROM (SELECT relname, max(CASE mode WHEN 'AccessShareLock' THEN 1 WHEN 'RowShareLock' THEN 2 WHEN 'RowExclusiveLock' THEN 3 ELSE 4 END) AS strength
      FROM pg_locks JOIN pg_class ON pg_class.oid = relation
      WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relnamespace = 'public'::regnamespace
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      GROUP BY relname) AS locks)sql")
        .value_or("");
}

std::vector<Effect> effectsIn(const std::string& locks) {
    std::vector<Effect> effects;
    std::istringstream parts(locks);
    for (std::string relation, mode; parts >> relation >> mode;) {
        if (mode.ends_with(',')) mode.pop_back();
        effects.push_back({.relation = "public." + relation, .lock = lockModeNamed(mode + "Lock")});
    }
    return effects;
}

TEST(QueryLocks, AreThoseThatTheServerTakes) {
    const Database database;
    database.run(schema);
    const int version = database.connect()->serverVersion() / 10000;
    const Played played(schema, version);
    for (const std::string statement : statements) {
        if (version < 15 && statement.starts_with("MERGE")) continue;
        const StatementEffects predicted = played.effects(statement);
        EXPECT_EQ(predicted.why, "") << statement;
        EXPECT_EQ(locksOf(predicted), observedLocks(database, statement)) << statement;
    }
    for (const std::string statement : undecided) {
        const StatementEffects predicted = played.effects(statement);
        EXPECT_FALSE(predicted.certain) << statement;
        // All that happened was told, and perhaps more.
        for (const Effect& each : effectsIn(observedLocks(database, statement))) {
            const Effect* told = predicted.on(each.relation);
            EXPECT_TRUE(told && told->lock >= each.lock) << statement << ": " << each.relation;
        }
    }
}

}  // namespace
}  // namespace slipway::postgres
