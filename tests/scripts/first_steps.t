Nothing has to be configured: a folder of migrations is a project, and Slipway starts a PostgreSQL of its own for it.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_authors.sql <<'SQL'
  > CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL);
  > SQL
  $ slipway info
    first start: preparing a private PostgreSQL * in $STATE/* (glob)
  Environment dev: database dev, PostgreSQL * (glob)
  Schema version: << Empty Schema >>
  
  Category   Version  Description     Type  Installed On  State    Undoable
  Versioned  1        Create authors  SQL                 Pending  No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.

The same server serves the next command, with the same data:

  $ slipway migrate
    ✓ V1 Create authors (*) (glob)
  Applied 1 migration to dev (dev), now at version 1 (*) (glob)
  $ slipway info
  Environment dev: database dev, PostgreSQL * (glob)
  Schema version: 1
  
  Category   Version  Description     Type  Installed On         State    Undoable
  Versioned  1        Create authors  SQL   ????-??-?? ??:??:??  Success  No (glob)
  $ slipway embedded status
  The embedded server runs: PostgreSQL *, process *, socket in $STATE/*/run, data in $STATE/*/data (glob)

Its database is open to every other program:

  $ psql "$(slipway embedded url)" -qAtc "INSERT INTO authors VALUES (1, 'Ada') RETURNING name"
  Ada

The server can be stopped at any time. What is in it stays, and the next command starts it again:

  $ slipway embedded stop
  Stopped the embedded server.
  $ slipway embedded status
  The embedded server does not run; the next command that needs it starts it.
  $ slipway migrate
  dev (dev) is up to date at version 1.
  $ slipway embedded stop
  Stopped the embedded server.

A folder `sql` is found as well. A folder without any migration is told what would make it a project:

  $ mkdir -p other/sql empty
  $ echo 'SELECT 1;' >other/sql/V1__One.sql
  $ slipway plan --project other --url "$(slipway embedded url other)"
  -- Plan for dev (PostgreSQL *, database other) (glob)
  
  -- V1 One (other/sql/V1__One.sql)
  BEGIN;
  SELECT 1;
  COMMIT;
  
  -- 1 script, plan * (glob)
  $ cd empty
  $ slipway info
  error: there is no slipway.toml, flyway.toml or flyway.conf here or above, and none of the folders db/migrations, db/migration, migrations, sql
    hint: begin with 'slipway new NAME', which writes the first migration, or write a slipway.toml
  [2]

From a folder below the project the same project is meant, when a configuration marks its top:

  $ cd ..
  $ printf '[environments.dev]\nurl = "embedded:dev"\n' >slipway.toml
  $ cd db/migrations
  $ slipway migrate
  dev (dev) is up to date at version 1.
  $ slipway embedded remove
  error: this deletes the data of every embedded database of this project
    hint: add --yes when that is what you want
  [2]
  $ slipway embedded remove --yes
  Removed the embedded server and the data of its databases.
