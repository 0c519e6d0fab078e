The JSON of `slipway check`: one document, whose shape docs/reference/json.md tells.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);
  > SQL
  $ cat >db/migrations/V2__Change.sql <<'SQL'
  > ALTER TABLE orders ALTER COLUMN total TYPE bigint;
  > CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
  > ALTER TABLE orders RENAME TO "Purchases";
  > DO $$ BEGIN EXECUTE current_setting('app.sql'); END $$;
  > DROP TABLE "Purchases";
  > DROP TABLE nobody;
  > SQL
  $ slipway check --since 1 --server-version 15 --observe never --format json
  {
    "slipway": 1,
    "server_version": 15,
    "migrations": [
      {"id": "2", "file": "db/migrations/V2__Change.sql",
        "statements": [
          {"line": 1, "sql": "ALTER TABLE orders ALTER COLUMN total TYPE bigint", "kind": "alter_table", "transactional": true, "locks": [{"relation": "public.orders", "mode": "AccessExclusiveLock"}, {"relation": "public.orders_pkey", "mode": "AccessExclusiveLock"}], "rewrites": ["public.orders"], "scans": ["public.orders"], "rebuilds": ["public.orders_pkey"], "drops": [], "renames": [], "certain": true, "by": "predicted", "segment": 1},
          {"line": 2, "sql": "CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total)", "kind": "create_index", "transactional": false, "locks": [{"relation": "public.orders", "mode": "ShareUpdateExclusiveLock"}], "rewrites": [], "scans": ["public.orders"], "rebuilds": [], "drops": [], "renames": [], "certain": true, "by": "predicted", "segment": 2},
          {"line": 3, "sql": "ALTER TABLE orders RENAME TO \"Purchases\"", "kind": "alter_table", "transactional": true, "locks": [{"relation": "public.orders", "mode": "AccessExclusiveLock"}], "rewrites": [], "scans": [], "rebuilds": [], "drops": [], "renames": [{"from": "public.orders", "to": "public.\"Purchases\""}], "certain": true, "by": "predicted", "segment": 3},
          {"line": 4, "sql": "DO $$ BEGIN EXECUTE current_setting('app.sql'); END $$", "kind": "do", "transactional": true, "locks": [], "rewrites": [], "scans": [], "rebuilds": [], "drops": [], "renames": [], "certain": false, "why": "EXECUTE builds its statement at run time (line 1 of the DO block)", "by": "predicted", "segment": 3},
          {"line": 5, "sql": "DROP TABLE \"Purchases\"", "kind": "drop_table", "transactional": true, "locks": [{"relation": "public.\"Purchases\"", "mode": "AccessExclusiveLock"}, {"relation": "public.orders_pkey", "mode": "AccessExclusiveLock"}], "rewrites": [], "scans": [], "rebuilds": [], "drops": ["public.\"Purchases\"", "public.orders_pkey"], "renames": [], "certain": true, "by": "predicted", "segment": 3},
          {"line": 6, "sql": "DROP TABLE nobody", "kind": "drop_table", "transactional": true, "locks": [], "rewrites": [], "scans": [], "rebuilds": [], "drops": [], "renames": [], "certain": true, "by": "predicted", "segment": 3}
        ],
        "findings": [
          {"rule": "undo-missing", "severity": "note", "line": 0, "column": 0, "message": "there is no undo script, and nothing says why", "help": "write one, or declare irreversible = \"reason\" in the .slipway.toml beside it", "category": "review"},
          {"rule": "cached-plan", "severity": "note", "line": 1, "column": 1, "message": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"", "help": "name the columns in prepared statements, or let the pool reconnect", "category": "review", "ground": "predicted"},
          {"rule": "column-type-change", "severity": "error", "line": 1, "column": 1, "message": "ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is", "help": "a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)", "category": "safety", "ground": "predicted"},
          {"rule": "rename-table", "severity": "error", "line": 3, "column": 13, "message": "running code that names public.orders fails as soon as it is called Purchases", "help": "create a view of the old name in the same transaction, and drop it when no code uses it", "category": "safety", "ground": "predicted"},
          {"rule": "drop-table", "severity": "error", "line": 5, "column": 1, "message": "the rows of public.\"Purchases\" are lost, and running code that names it fails", "help": "rename it first, and drop it in a later release when nobody missed it and its rows are saved", "category": "safety", "ground": "predicted"},
          {"rule": "several-tables-locked", "severity": "warning", "line": 5, "column": 1, "message": "public.orders stays locked against reads and writes while this waits for public.\"Purchases\"; clients that take both in another order deadlock", "help": "one migration for each table, or a COMMIT between them", "category": "safety", "ground": "predicted"},
          {"rule": "unknown-object", "severity": "error", "line": 6, "column": 1, "message": "relation nobody does not exist here", "help": "correct the name, or put the migration that makes it before this one"},
          {"rule": "drop-table", "severity": "error", "line": 6, "column": 1, "message": "the rows of public.nobody are lost, and running code that names it fails", "help": "rename it first, and drop it in a later release when nobody missed it and its rows are saved", "category": "safety", "ground": "by name"}
        ]}
    ],
    "verdict": "fail"
  }
  [1]

It is well-formed whatever stands in a script:

  $ printf 'SELECT \x27tab\t quote " back \\ slash \xc3\xa9\x27;\n' >odd.sql
  $ slipway check --server-version 15 --format json odd.sql | grep -o '"sql": [^}]*' | cut -d, -f1
  "sql": "SELECT 'tab\t quote \" back \\ slash é'"

Nothing to check is a document, too:

  $ printf '' >empty.sql; slipway check --server-version 16 --format json empty.sql
  {
    "slipway": 1,
    "server_version": 16,
    "migrations": [
      {"id": "empty.sql", "file": "empty.sql",
        "statements": [
        ],
        "findings": [
        ]}
    ],
    "verdict": "pass"
  }

Syntax that came after the parser's own version is no error where the server may know it:

  $ echo 'ALTER TABLE orders ALTER COLUMN total SET EXPRESSION AS (1);' >newer.sql
  $ slipway check --server-version 15 --format json newer.sql | grep -c '"rule": "syntax"'
  1
  $ slipway check --server-version 17 --format json newer.sql | grep -c '"rule": "syntax"'
  0
  [1]
