#require database

A database that was made by other means has no history. Slipway does not guess where it stands:

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ sql 'CREATE TABLE customers (id int); CREATE TABLE orders (id int); CREATE VIEW open AS SELECT 1; CREATE TYPE state AS ENUM ()'
  $ echo 'CREATE TABLE customers (id int);' >db/migrations/V1__Create_customers.sql
  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V2__Create_orders.sql
  $ echo 'ALTER TABLE orders ADD total numeric;' >db/migrations/V3__Add_total.sql
  $ slipway plan
  error: Found non-empty schema(s) public but no schema history table: there are table public.customers, table public.orders, type public.state and more
    hint: when it is the right database, tell where it stands: `slipway baseline --version V` says that everything up to V is there already
  [1]
  $ slipway migrate
  error: Found non-empty schema(s) public but no schema history table: there are table public.customers, table public.orders, type public.state and more
    hint: when it is the right database, tell where it stands: `slipway baseline --version V` says that everything up to V is there already
  [1]
  $ sql "SELECT to_regclass('flyway_schema_history')"
  

`slipway baseline` says it:

  $ slipway baseline --version 2
  Baseline at version 2 in public.flyway_schema_history.
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 2
  
  Category   Version  Description            Type      Installed On         State               Undoable
  Baseline   2        << Flyway Baseline >>  BASELINE  ????-??-?? ??:??:??  Baseline            No (glob)
  Versioned  1        Create customers       SQL                            Below Baseline      No
  Versioned  2        Create orders          SQL                            Ignored (Baseline)  No
  Versioned  3        Add total              SQL                            Pending             No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ slipway migrate
    ✓ V3 Add total (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, checksum, success FROM flyway_schema_history ORDER BY 1'
  1|2|<< Flyway Baseline >>|BASELINE|<< Flyway Baseline >>||t
  2|3|Add total|SQL|V3__Add_total.sql|48227323|t

The same baseline again changes nothing; another one is refused:

  $ sql "DELETE FROM flyway_schema_history WHERE version = '3'; ALTER TABLE orders DROP total"
  $ slipway baseline --version 2
  Baseline at version 2 in public.flyway_schema_history.
  $ slipway baseline --version 3
  error: public.flyway_schema_history already has a baseline: version 2
    hint: see `slipway info`
  [1]
  $ slipway migrate >/dev/null
  $ sql "DELETE FROM flyway_schema_history WHERE type = 'BASELINE'"
  $ slipway baseline --version 2
  error: public.flyway_schema_history already holds applied migrations, so it needs no baseline
    hint: see `slipway info`
  [1]
  $ slipway baseline --version two
  error: 'two' is no version
    hint: give one such as 1 or 20260401120000
  [2]

baselineOnMigrate does it without being asked each time, and says so. It is off for a good reason: with it the wrong database is
no error any more.

  $ sql 'DROP TABLE flyway_schema_history; ALTER TABLE orders DROP total'
  $ sed -i '1i [project]\nbaseline_on_migrate = true\nbaseline_version = "2"\nbaseline_description = "as it was"' slipway.toml
  $ slipway migrate
    the database is not empty and baselineOnMigrate is set: everything up to version 2 is taken as applied
    ✓ V3 Add total (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sql 'SELECT installed_rank, version, description, type FROM flyway_schema_history ORDER BY 1'
  1|2|as it was|BASELINE
  2|3|Add total|SQL

An empty database starts at the newest baseline file instead of running all that is older:

  $ sql 'SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public'
  $ printf 'CREATE TABLE customers (id int);\nCREATE TABLE orders (id int);\n' >db/migrations/B2__State_of_2026.sql
  $ slipway migrate
    ✓ B2 State of 2026 (*) (glob)
    ✓ V3 Add total (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 3 (*) (glob)
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 3
  
  Category   Version  Description       Type          Installed On         State               Undoable
  Baseline   2        State of 2026     SQL_BASELINE  ????-??-?? ??:??:??  Success             No (glob)
  Versioned  3        Add total         SQL           ????-??-?? ??:??:??  Success             No (glob)
  Versioned  1        Create customers  SQL                                Below Baseline      No
  Versioned  2        Create orders     SQL                                Ignored (Baseline)  No
