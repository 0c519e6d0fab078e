#require database

Environments stand in the order of promotion: what goes to staging has been through dev.

  $ sql-server "CREATE DATABASE ${DB_NAME}_staging"
  $ export STAGING_URL="postgresql:///${DB_NAME}_staging?host=$DB_HOST&user=postgres"
  $ mkdir -p db/migrations
  $ cat >slipway.toml <<'TOML'
  > [environments.dev]
  > url = "${DB_URL}"
  > [environments.staging]
  > url = "${STAGING_URL}"
  > [environments.production]
  > url = "${PRODUCTION_URL}"
  > TOML
  $ echo 'CREATE TABLE users (id int);' >db/migrations/V1__Create_users.sql
  $ slipway migrate --env staging
  db/migrations/V1__Create_users.sql: error: V1 Create users has not been through 'dev' with the content it has now, so it cannot go to 'staging'
    hint: deploy it there first: `slipway deploy dev`
  [1]
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway migrate --env staging
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME_staging (staging), now at version 1 (*) (glob)

It counts what was run, not what it is called: the same version with another content has not been through.

  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V2__Create_orders.sql
  $ slipway migrate
    ✓ V2 Create orders (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 2 (*) (glob)
  $ echo 'CREATE TABLE orders (id bigint);' >db/migrations/V2__Create_orders.sql
  $ slipway migrate --env staging
  db/migrations/V2__Create_orders.sql: error: V2 Create orders has not been through 'dev' with the content it has now, so it cannot go to 'staging'
    hint: deploy it there first: `slipway deploy dev`
  [1]
  $ echo 'CREATE TABLE orders (id int);' >db/migrations/V2__Create_orders.sql

What was taken back in dev has not been through dev:

  $ echo 'DROP TABLE orders;' >db/migrations/U2__Drop_orders.sql
  $ slipway undo
    ✓ undo of V2 Create orders (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway migrate --env staging
  db/migrations/V2__Create_orders.sql: error: V2 Create orders has not been through 'dev' with the content it has now, so it cannot go to 'staging'
    hint: deploy it there first: `slipway deploy dev`
  [1]
  $ slipway migrate >/dev/null

A plan is for one environment:

  $ slipway plan --env staging --out staging.json | tail -n 1
  Written to staging.json; `slipway migrate --plan staging.json` runs exactly this.
  $ slipway migrate --plan staging.json
  staging.json: error: the plan was made for 'staging', and this run is for 'dev'
    hint: add --env staging, or make a plan for 'dev'
  [2]
  $ slipway migrate --env staging --plan staging.json
    ✓ V2 Create orders (*) (glob)
  Applied 1 migration to $DB_NAME_staging (staging), now at version 2 (*) (glob)

A database is marked at its first deployment, and a url that leads to another environment's database is refused:

  $ sql 'SELECT name FROM slipway.environment'
  dev
  $ STAGING_URL=$DB_URL slipway migrate --env staging
  slipway.toml:3: error: the url of 'staging' leads to the database of 'dev' (marked ????-??-?? ??:?? by postgres) (glob)
    hint: correct the url of 'staging'; when the database has changed its role: `slipway env adopt staging`
  [1]
  $ STAGING_URL=$DB_URL slipway info --env staging | head -n 1
  Environment staging: database $DB_NAME, PostgreSQL * (glob)

With --url the rules of the mark hold: this is staging, whatever the command line calls it.

  $ echo 'CREATE TABLE lines (id int);' >db/migrations/V3__Create_lines.sql
  $ slipway migrate --url "$STAGING_URL"
  db/migrations/V3__Create_lines.sql: error: V3 Create lines has not been through 'dev' with the content it has now, so it cannot go to 'staging'
    hint: deploy it there first: `slipway deploy dev`
  [1]

A copy of a database is recognised as one. Whoever means it to be the environment says so:

  $ sql-server "CREATE DATABASE ${DB_NAME}_copy TEMPLATE ${DB_NAME}_staging"
  $ slipway migrate >/dev/null
  $ export STAGING_URL="postgresql:///${DB_NAME}_copy?host=$DB_HOST&user=postgres"
  $ slipway migrate --env staging
  error: database $DB_NAME_copy carries the mark of 'staging', but it is a copy: the mark was written in another database
    hint: when this copy shall be the environment 'staging' from now on: `slipway env adopt staging`
  [1]
  $ slipway env adopt staging
  The database is now marked as 'staging'.
  $ slipway migrate --env staging
    ✓ V3 Create lines (*) (glob)
  Applied 1 migration to $DB_NAME_copy (staging), now at version 3 (*) (glob)
  $ slipway env adopt stagin
  slipway.toml: error: there is no environment 'stagin'
    hint: did you mean 'staging'?
  [2]
  $ slipway env forget staging
  error: ACTION: forget not in {adopt}
    hint: see `slipway help env`
  [2]

An environment whose variable is not set, one that cannot be reached, and one that does not exist:

  $ slipway migrate --env production
  slipway.toml:5: error: environment 'production' needs the variable PRODUCTION_URL, which is not set
    hint: export PRODUCTION_URL=postgresql://host:5432/database
  [2]
  $ PRODUCTION_URL=$STAGING_URL STAGING_URL=postgresql://127.0.0.1:1/x slipway info --env production | head -n 2
  Environment production: database $DB_NAME_copy, PostgreSQL * (glob)
  Schema version: 3
  $ sql-server "CREATE DATABASE ${DB_NAME}_production"
  $ export PRODUCTION_URL="postgresql:///${DB_NAME}_production?host=$DB_HOST&user=postgres"
  $ STAGING_URL=postgresql://127.0.0.1:1/x slipway migrate --env production
  error: cannot connect to postgresql://127.0.0.1:1/x: connection to server at "127.0.0.1", port 1 failed: Connection refused
    asked because 'production' gets only what has been through 'staging'
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ slipway info --env prodution
  slipway.toml: error: there is no environment 'prodution'
    hint: did you mean 'production'?
  [2]
  $ slipway info --env test
  slipway.toml: error: there is no environment 'test'
    hint: the environments are: dev, staging, production
  [2]
  $ sql-server "DROP DATABASE ${DB_NAME}_staging"; sql-server "DROP DATABASE ${DB_NAME}_copy"; sql-server "DROP DATABASE ${DB_NAME}_production"
