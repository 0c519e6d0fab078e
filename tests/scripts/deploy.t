#require database

`slipway deploy` brings a release to an environment. It goes through the environments in their order, and each database
remembers which environment it is.

  $ sql-server "CREATE DATABASE ${DB_NAME}_production"
  $ export PRODUCTION_URL="postgresql:///${DB_NAME}_production?host=$DB_HOST&user=postgres"
  $ mkdir -p db/migrations
  $ cat >slipway.toml <<'TOML'
  > [environments.dev]
  > url = "${DB_URL}"
  > [environments.production]
  > url = "${PRODUCTION_URL}"
  > TOML
  $ echo 'CREATE TABLE users (id int PRIMARY KEY);' >db/migrations/V1__Create_users.sql
  $ echo 'DROP TABLE users;' >db/migrations/U1__Drop_users.sql
  $ echo 'INSERT INTO users SELECT generate_series(1, 10);' >db/migrations/V2__Load_users.sql
  $ slipway deploy production
  db/migrations/V1__Create_users.sql: error: V1 Create users has not been through 'dev' with the content it has now, so it cannot go to 'production'
    hint: deploy it there first: `slipway deploy dev`
  [1]
  $ slipway deploy dev --target 1
    ✓ V1 Create users (*) (glob)
  ✓ reconcile      nothing is declared to be compared (*) (glob)
  
  Deployed 1 migration to dev (database $DB_NAME), now at version 1. The last of its history:
    Version  Description   Type  Installed On         Took* State (glob)
    1        Create users  SQL   ????-??-?? ??:??:??  * ms  Success (glob)
  Next: `slipway deploy production`.
  $ slipway deploy production
  db/migrations/V2__Load_users.sql: error: V2 Load users has not been through 'dev' with the content it has now, so it cannot go to 'production'
    hint: deploy it there first: `slipway deploy dev`
  [1]
  $ slipway deploy production --target 1 | tail -n 3
  Deployed 1 migration to production (database $DB_NAME_production), now at version 1. The last of its history:
    Version  Description   Type  Installed On         Took* State (glob)
    1        Create users  SQL   ????-??-?? ??:??:??  * ms  Success (glob)
  $ slipway deploy production --target 1
  production is up to date at version 1.

Checks that a migration declares decide whether it stays. A failed one takes back the transaction that it belongs to:

  $ cat >db/migrations/V2__Load_users.slipway.toml <<'TOML'
  > [[post]]
  > name = "eleven users"
  > sql = "SELECT count(*) FROM users"
  > expect = "11"
  > TOML
  $ slipway deploy dev
    ✗ V2 Load users
  db/migrations/V2__Load_users.slipway.toml:1: error: V2 Load users: *"eleven users"* (glob)
  ...
  [1]
  $ sql 'SELECT count(*) FROM users'
  0

`slipway status` shows the whole way:

  $ slipway status --proofs 0
  Change  Description   dev               production
  V1      Create users  ????-??-?? ??:??  ????-??-?? ??:?? (glob)
  V2      Load users    -                 -
  
  dev: at version 1, 1 migration pending
  production: at version 1, 1 migration pending
