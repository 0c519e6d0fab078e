#require database

A flyway.conf is read as it stands.

  $ mkdir -p db/migrations
  $ cat >flyway.conf <<'CONF'
  > # the database
  > flyway.url=jdbc:postgresql:///${DB_NAME}?user=postgres&ApplicationName=shop
  > flyway.user=postgres
  > flyway.password=${DB_PASSWORD}
  > flyway.schemas=public
  > flyway.table=schema_version
  > flyway.locations=filesystem:db/migrations
  > flyway.validateOnMigrate=true
  > flyway.outOfOrder=false
  > flyway.cleanDisabled=true
  > flyway.connectRetries=3
  > flyway.encoding=UTF-8
  > flyway.placeholderReplacement=true
  > flyway.placeholders.schema=public
  > flyway.installedBy=${USER_NAME}
  > CONF
  $ echo 'CREATE TABLE ${schema}.users (id int);' >db/migrations/V1__Create_users.sql
  $ export PGHOST=$DB_HOST USER_NAME=ada
  $ slipway info
  flyway.conf:2: error: environment 'default' needs the variable DB_PASSWORD, which is not set
    hint: set DB_PASSWORD in the environment of this command
  [2]
  $ export DB_PASSWORD=secret
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (default), now at version 1 (*) (glob)
  $ sql 'SELECT version, installed_by, success FROM schema_version'
  1|ada|t

Variables override the file, as they do for Flyway:

  $ FLYWAY_TABLE=other_history slipway info --exit-code >/dev/null
  [1]

A password in the file is used, with a warning; it is never printed:

  $ sed -i 's/${DB_PASSWORD}/hunter2/' flyway.conf
  $ slipway info 2>&1 | head -n 2
    warning: flyway.conf:4: a password stands in this file; put it into a variable of the environment and write ${DB_PASSWORD}
  Environment default: database $DB_NAME, PostgreSQL * (glob)
  $ slipway info --format json | grep -c hunter2
  warning: flyway.conf:4: a password stands in this file; put it into a variable of the environment and write ${DB_PASSWORD}
  0
  [1]

A key that does not exist is refused with the nearest one that does:

  $ echo 'flyway.outOfOrdre=true' >>flyway.conf
  $ slipway info
  flyway.conf:16:1: error: there is no key 'flyway.outOfOrdre'
    hint: did you mean 'flyway.outOfOrder'?
  [2]
  $ sed -i '$d' flyway.conf

So is one that Slipway does not have, since the project counts on what it does:

  $ for line in 'flyway.cherryPick=2.0' 'flyway.dryRunOutput=out.sql' 'flyway.callbacks=com.example.Notify' \
  >     'flyway.errorOverrides=S0001:0:I-' 'flyway.vault.url=https://vault' 'flyway.driver=oracle.jdbc.OracleDriver' 'flyway.group=true'; do
  >   echo "$line" >>flyway.conf; slipway plan 2>&1; sed -i '$d' flyway.conf
  > done | grep -v warning
  flyway.conf:16:1: error: Slipway does not support 'flyway.cherryPick'
    hint: remove it, and use target to stop at a version
  flyway.conf:16:1: error: Slipway does not support 'flyway.dryRunOutput'
    hint: remove it, and use 'slipway plan', which prints the exact SQL
  flyway.conf:16:1: error: Slipway does not support 'flyway.callbacks'
    hint: remove it: Java callbacks cannot run here; write the callback in SQL (afterMigrate.sql in a location), which needs no key
  flyway.conf:16:1: error: Slipway does not support 'flyway.errorOverrides'
    hint: remove it: an error of the server always stops a run
  flyway.conf:16:1: error: Slipway does not support 'flyway.vault.url'
    hint: remove it, put the secret into a variable of the environment and write ${NAME} where it is used
  flyway.conf:16:1: error: the driver oracle.jdbc.OracleDriver is for another database, or a wrapper
    hint: remove it: Slipway speaks to PostgreSQL by itself
  error: group = true would run all pending migrations in one transaction, which Slipway does not do
    hint: leave `group` out: each migration is a transaction of its own, and a run that stops goes on where it stopped

What only concerns Flyway itself is passed over:

  $ printf 'flyway.reportEnabled=true\nflyway.loggers=auto\nflyway.skipDefaultResolvers=false\n' >>flyway.conf
  $ slipway plan 2>&1 | tail -n 1
  -- Nothing is pending.

A value of the wrong kind names the key and the line:

  $ echo 'flyway.outOfOrder=perhaps' >>flyway.conf
  $ slipway info
  flyway.conf:19:1: error: 'flyway.outOfOrder' must be true or false
    hint: correct the value
  [2]
  $ sed -i '$d' flyway.conf
  $ echo 'flyway.lockRetryCount=many' >>flyway.conf
  $ slipway info
  flyway.conf:19:1: error: 'flyway.lockRetryCount' must be a whole number
    hint: correct the value
  [2]
  $ sed -i '$d' flyway.conf

A location that is not there is no error in Flyway; here at least a word is said, and failOnMissingLocations makes it one:

  $ sed -i 's,filesystem:db/migrations,filesystem:db/migrations\,filesystem:db/more,' flyway.conf
  $ slipway info 2>&1 | grep note
  note: the folder of migrations db/more does not exist
  $ echo 'flyway.failOnMissingLocations=true' >>flyway.conf
  $ slipway info
    warning: flyway.conf:4: a password stands in this file; put it into a variable of the environment and write ${DB_PASSWORD}
  db/more: error: the folder of migrations db/more does not exist
    hint: create it, or correct the locations in the configuration
  [2]
  $ sed -i 's,filesystem:db/migrations\,filesystem:db/more,s3:bucket/migrations,' flyway.conf
  $ slipway info
  flyway.conf:7:1: error: Slipway cannot read migrations from 's3:bucket/migrations'
    hint: copy the migrations into the repository and write filesystem:FOLDER
  [2]
  $ sed -i 's,s3:bucket,classpath:db,' flyway.conf
  $ slipway info 2>&1 | head -n 3
    warning: flyway.conf:4: a password stands in this file; put it into a variable of the environment and write ${DB_PASSWORD}
    warning: flyway.conf: 'classpath:db/migrations' is read from the folder db/migrations; write filesystem:db/migrations to say so
  Environment default: database $DB_NAME, PostgreSQL * (glob)
  $ sed -i 's,classpath:db/migrations,classpath:com/example,' flyway.conf
  $ slipway info
  flyway.conf:7:1: error: the class path location 'classpath:com/example' is no folder of this project
    hint: write the folder as a path: filesystem:db/migrations
  [2]
