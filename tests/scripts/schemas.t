#require database

A project can name its schemas. Those that are missing are created, which the history remembers as Flyway does: in a row of rank 0.

  $ mkdir -p db/migrations
  $ cat >flyway.conf <<'CONF'
  > flyway.url=${DB_URL}
  > flyway.locations=filesystem:db/migrations
  > flyway.schemas=shop,Audit Log
  > CONF
  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V1__Create_orders.sql
  $ echo 'CREATE TABLE "Audit Log".entries (id int); CREATE INDEX CONCURRENTLY ON orders (id);' >db/migrations/V2__Create_entries.sql
  $ echo 'CREATE TABLE seen ();' >db/migrations/afterMigrate.sql
  $ slipway plan --out plan.json | tail -n 1
  Written to plan.json; `slipway migrate --plan plan.json` runs exactly this.
  $ slipway migrate --plan plan.json
    ✓ V1 Create orders (*) (glob)
    ✓ V2 Create entries (*) (glob)
  Applied 2 migrations to $DB_NAME (default), now at version 2 (*) (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, checksum FROM shop.flyway_schema_history ORDER BY 1'
  0||<< Flyway Schema Creation >>|SCHEMA|"shop","Audit Log"|
  1|1|Create orders|SQL|V1__Create_orders.sql|-1726728712
  2|2|Create entries|SQL|V2__Create_entries.sql|1703605458
  $ slipway info
  Environment default: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 2
  
  Category   Version  Description                   Type    Installed On         State    Undoable
                      << Flyway Schema Creation >>  SCHEMA  ????-??-?? ??:??:??  Success  No (glob)
  Versioned  1        Create orders                 SQL     ????-??-?? ??:??:??  Success  No (glob)
  Versioned  2        Create entries                SQL     ????-??-?? ??:??:??  Success  No (glob)

The first schema is the default one: it holds the history, and unqualified names in scripts and callbacks mean it, whatever a script before
has set.

  $ sql "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('shop'::regnamespace, '\"Audit Log\"'::regnamespace) ORDER BY 1"
  shop.flyway_schema_history
  shop.orders
  "Audit Log".entries
  shop.seen
  $ rm db/migrations/afterMigrate.sql
  $ echo 'SET search_path = pg_catalog; SET ROLE pg_monitor; SET lock_timeout = 1;' >db/migrations/V3__Set.sql
  $ echo "SELECT 1 / (current_schema() = 'shop' AND current_user = 'postgres' AND current_setting('lock_timeout') = '2s')::int;" >db/migrations/V4__Look.sql
  $ slipway migrate
    ✓ V3 Set (*) (glob)
    ✓ V4 Look (*) (glob)
  Applied 2 migrations to $DB_NAME (default), now at version 4 (*) (glob)

defaultSchema says it of another one, createSchemas=false leaves creation to others:

  $ cat >flyway.conf <<'CONF'
  > flyway.url=${DB_URL}
  > flyway.locations=filesystem:db/migrations
  > flyway.schemas=shop,fresh
  > flyway.defaultSchema=fresh
  > flyway.createSchemas=false
  > CONF
  $ slipway migrate
  error: Found non-empty schema(s) shop, fresh but no schema history table: there are table shop.flyway_schema_history, table shop.orders, table shop.seen
    hint: when it is the right database, tell where it stands: `slipway baseline --version V` says that everything up to V is there already
  [1]
  $ sql 'SET client_min_messages = warning; DROP SCHEMA shop, "Audit Log" CASCADE'
  $ rm db/migrations/V[234]*
  $ slipway migrate
  error: the schema fresh of the history table does not exist
    hint: create it, or let Slipway do so: create_schemas = true (flyway.conf: flyway.createSchemas=true)
  [1]
  $ sed -i '$d' flyway.conf
  $ slipway migrate
    ✓ V1 Create orders (*) (glob)
  Applied 1 migration to $DB_NAME (default), now at version 1 (*) (glob)
  $ sql 'SELECT installed_rank, type, script FROM fresh.flyway_schema_history ORDER BY 1 LIMIT 2'
  0|SCHEMA|"shop","fresh"
  1|SQL|V1__Create_orders.sql
