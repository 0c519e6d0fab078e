#require database

A flyway.toml is read as it stands, with its environments. Where it is there a flyway.conf beside it does not count.

  $ mkdir -p db/migrations
  $ echo 'nonsense' >flyway.conf
  $ cat >flyway.toml <<'TOML'
  > [flyway]
  > locations = ["filesystem:db/migrations"]
  > environment = "shared"
  > mixed = true
  > [flyway.placeholders]
  > kind = "text"
  > [flyway.postgresql.transactional]
  > lock = false
  > [environments.local]
  > url = "jdbc:postgresql://127.0.0.1:1/nothing"
  > [environments.shared]
  > url = "${env.DB_URL}"
  > displayName = "Shared by all"
  > TOML
  $ echo 'CREATE TABLE users (name ${kind});' >db/migrations/V1__Create_users.sql
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (shared), now at version 1 (*) (glob)
  $ slipway info
  Environment shared: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 1
  
  Category   Version  Description   Type  Installed On         State    Undoable
  Versioned  1        Create users  SQL   ????-??-?? ??:??:??  Success  No (glob)
  $ slipway info --env local
  error: cannot connect to postgresql://127.0.0.1:1/nothing: connection to server at "127.0.0.1", port 1 failed: Connection refused
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ slipway info --env lokal
  flyway.toml: error: there is no environment 'lokal'
    hint: did you mean 'local'?
  [2]

Keys are checked as everywhere, with line and column:

  $ cp flyway.toml good.toml
  $ sed -i 's/^mixed/mixt/' flyway.toml
  $ slipway info
  flyway.toml:4:1: error: there is no key 'flyway.mixt'
    hint: did you mean 'flyway.mixed'?
  [2]
  $ sed 's/^mixed.*/mixed = "often"/' good.toml >flyway.toml
  $ slipway info
  flyway.toml:4:1: error: 'flyway.mixed' must be true or false
    hint: correct the value
  [2]
  $ sed 's/^mixed.*/mixed = /' good.toml >flyway.toml
  $ slipway info
  flyway.toml:4:9: error: this is not TOML: Error while parsing key-value pair: expected value, saw '\n'
    hint: correct the line
  [2]
  $ sed 's/env.DB_URL/vault.url/' good.toml >flyway.toml
  $ slipway info
  flyway.toml:12:1: error: Slipway has no resolver 'vault' for ${vault.url}
    hint: put the secret into a variable of the environment and write ${NAME}
  [2]

--config names another file; FLYWAY_ variables override what it says:

  $ slipway validate --config good.toml
  Successfully validated 1 migration.
  $ FLYWAY_ENVIRONMENT=local slipway validate --config good.toml
  error: cannot connect to postgresql://127.0.0.1:1/nothing: connection to server at "127.0.0.1", port 1 failed: Connection refused
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ slipway info --config missing.toml
  missing.toml: error: there is no configuration file missing.toml
    hint: check the path
  [2]
