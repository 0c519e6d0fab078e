#require database

`slipway migrate` applies what is pending, in the order of the versions, repeatables last.

  $ mkdir -p db/migrations/2026
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_users.sql <<'SQL'
  > CREATE TABLE users (id int PRIMARY KEY, email text);
  > SQL
  $ cat >db/migrations/2026/V1_1__Add_name.sql <<'SQL'
  > ALTER TABLE users ADD name text;
  > INSERT INTO users VALUES (1, 'ada@example.com', 'Ada');
  > SQL
  $ echo 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);' >db/migrations/V2__Index_email.sql
  $ echo 'CREATE VIEW names AS SELECT name FROM users;' >db/migrations/R__names.sql
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
    ✓ V1.1 Add name (*) (glob)
    ✓ V2 Index email (*) (glob)
    ✓ R names (*) (glob)
  Applied 4 migrations to $DB_NAME (dev), now at version 2 (*) (glob)
  $ sql 'SELECT installed_rank, version, description, type, script, installed_by, success FROM flyway_schema_history ORDER BY 1'
  1|1|Create users|SQL|V1__Create_users.sql|postgres|t
  2|1.1|Add name|SQL|2026/V1_1__Add_name.sql|postgres|t
  3|2|Index email|SQL|V2__Index_email.sql|postgres|t
  4||names|SQL|R__names.sql|postgres|t
  $ sql "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email_idx'::regclass"
  t

Again, it finds nothing to do:

  $ slipway migrate
  $DB_NAME (dev) is up to date at version 2.

A script whose SQL fails leaves nothing behind: it runs in one transaction with its row of the history.

  $ cat >db/migrations/V3__Broken.sql <<'SQL'
  > CREATE TABLE orders (id int);
  > ALTER TABLE users ADD CONSTRAINT email_unique
  >     UNIQUE (mail);
  > SQL
  $ slipway migrate
    ✗ V3 Broken
  db/migrations/V3__Broken.sql:2:1: error: column "mail" named in key does not exist (SQLSTATE 42703)
    | ALTER TABLE users ADD CONSTRAINT email_unique
    |     UNIQUE (mail)
    nothing of V3 Broken was applied
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT to_regclass('orders') IS NULL, max(version) FROM flyway_schema_history"
  t|2

Corrected, the same command goes on:

  $ sed -i s/mail/email/2 db/migrations/V3__Broken.sql
  $ sed -i 's/(mail)/(email)/' db/migrations/V3__Broken.sql
  $ slipway migrate
    ✓ V3 Broken (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)

--target stops at a version; it has to be one of the files':

  $ for v in 4 5 6; do echo "CREATE TABLE t$v ();" >db/migrations/V${v}__T$v.sql; done
  $ slipway migrate --target 5
    ✓ V4 T4 (*) (glob)
    ✓ V5 T5 (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 5 (*) (glob)
  $ slipway migrate --target 55
  error: no migration has the version 55
    hint: see `slipway info` for the versions that there are
  [2]
  $ slipway migrate --target five
  error: 'five' is no version
    hint: name the version of a migration, such as 20260401120000, or 'latest'
  [2]

A server's warnings are shown where they come up:

  $ echo "DO \$\$ BEGIN RAISE WARNING 'half of the customers have no address'; END \$\$;" >db/migrations/V7__Look.sql
  $ slipway migrate
    ✓ V6 T6 (*) (glob)
      warning: half of the customers have no address
    ✓ V7 Look (*) (glob)
  Applied 2 migrations to $DB_NAME (dev), now at version 7 (*) (glob)
