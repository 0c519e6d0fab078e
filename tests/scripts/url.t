#require database

--url names another database than the environment's. A password in it would be seen by everybody on the machine, so it is refused, and
not repeated:

  $ mkdir -p db/migrations; echo 'SELECT 1;' >db/migrations/V1__One.sql
  $ slipway info --url "$DB_URL" | head -n 1
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  $ slipway info --url "postgresql://ada:hunter2@localhost/shop"
  error: a password on the command line can be seen by everybody on this machine
    hint: leave it out of --url and give it by PGPASSWORD or a passfile (~/.pgpass), or put the url into a variable that slipway.toml names: url = "${PROD_DB_URL}"
  [2]
  $ slipway info --url "postgresql://localhost/shop?user=ada&password=hunter2"
  error: a password on the command line can be seen by everybody on this machine
    hint: leave it out of --url and give it by PGPASSWORD or a passfile (~/.pgpass), or put the url into a variable that slipway.toml names: url = "${PROD_DB_URL}"
  [2]
  $ slipway info --url "host=localhost password=hunter2"
  error: a password on the command line can be seen by everybody on this machine
    hint: leave it out of --url and give it by PGPASSWORD or a passfile (~/.pgpass), or put the url into a variable that slipway.toml names: url = "${PROD_DB_URL}"
  [2]
  $ slipway info --format json --url "jdbc:postgresql://localhost/shop?password=hunter2" | grep -c hunter2
  0
  [1]

It may come from a variable that the configuration names, from PGPASSWORD, or from a passfile; not from slipway.toml itself:

  $ printf '[environments.dev]\nurl = "postgresql://ada:hunter2@localhost/shop"\n' >slipway.toml
  $ slipway info
  slipway.toml:2:1: error: a password must not stand in slipway.toml
    hint: take it out of the file (and out of Git's history): write the url as "${NAME}" and set that variable of the environment, or keep the password in a passfile (~/.pgpass)
  [2]
  $ printf '[environments.dev]\nurl = "${DB_URL}"\npassword = "hunter2"\n' >slipway.toml
  $ slipway info
  slipway.toml:3:1: error: a password must not stand in slipway.toml
    hint: take it out of the file (and out of Git's history): write the url as "${NAME}" and set that variable of the environment, or keep the password in a passfile (~/.pgpass)
  [2]
  $ printf '[environments.dev]\nurl = "${SHOP_URL}"\n' >slipway.toml
  $ SHOP_URL="postgresql://postgres:hunter2@/$DB_NAME?host=$DB_HOST" slipway migrate
    ✓ V1 One (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ SHOP_URL="postgresql://postgres:hunter2@127.0.0.1:1/$DB_NAME" slipway migrate
  error: cannot connect to postgresql://postgres@127.0.0.1:1/$DB_NAME: connection to server at "127.0.0.1", port 1 failed: Connection refused
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ grep -r hunter2 .slipway
  [1]

The forms of JDBC are understood, since they stand in projects; other databases are not:

  $ PGHOST=$DB_HOST slipway info --url "jdbc:postgresql:$DB_NAME?user=postgres" | head -n 1
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  $ slipway info --url "jdbc:mysql://localhost/shop"
  error: Slipway does not speak to this database: jdbc:mysql
    hint: give a PostgreSQL URL: jdbc:postgresql://host:5432/database or postgresql://host:5432/database
  [2]
  $ slipway info --url "mysql://localhost/shop"
  error: Slipway does not speak to 'mysql' databases
    hint: give a PostgreSQL URL: postgresql://host:5432/database
  [2]
  $ slipway info --url "jdbc:postgresql://localhost/shop?loadBalanceHosts=true&socketFactory=x"
  error: the JDBC option 'loadBalanceHosts' has no counterpart here
    hint: leave it out, or write the url as postgresql://... with libpq's options
  [2]
