#require database

`slipway info` shows what is applied and what is not. It changes nothing.

  $ mkdir -p db/migrations && cd db/migrations
  $ echo 'CREATE TABLE a (id int);' >V1__Create_a.sql
  $ echo 'DROP TABLE a;' >U1__Drop_a.sql
  $ echo 'CREATE TABLE b (id int);' >V2__Create_b.sql
  $ echo 'CREATE TABLE c (id int);' >V3__Create_c.sql
  $ echo "CREATE OR REPLACE VIEW ids AS SELECT id FROM a;" >R__ids.sql
  $ cd ../..
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: << Empty Schema >>
  
  Category    Version  Description  Type  Installed On  State    Undoable
  Versioned   1        Create a     SQL                 Pending  Yes
  Versioned   2        Create b     SQL                 Pending  No
  Versioned   3        Create c     SQL                 Pending  No
  Repeatable           ids          SQL                 Pending  No
  
  4 migrations pending: `slipway plan` shows what would run, `slipway migrate` runs it.
  $ sql "SELECT count(*) FROM pg_class WHERE relname = 'flyway_schema_history'"
  0

With --exit-code it answers a script's question whether anything is pending:

  $ slipway info --exit-code >/dev/null
  [1]
  $ slipway migrate --target 2
    ✓ V1 Create a (*) (glob)
    ✓ V2 Create b (*) (glob)
    ✓ R ids (*) (glob)
  Applied 3 migrations to $DB_NAME (dev), now at version 2 (*) (glob)
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 2
  
  Category    Version  Description  Type  Installed On         State    Undoable
  Versioned   1        Create a     SQL   ????-??-?? ??:??:??  Success  Yes (glob)
  Versioned   2        Create b     SQL   ????-??-?? ??:??:??  Success  No (glob)
  Repeatable           ids          SQL   ????-??-?? ??:??:??  Success  No (glob)
  Versioned   3        Create c     SQL                        Pending  No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.

After a target nothing is pending, and what lies above it says so:

  $ slipway migrate >/dev/null
  $ slipway info --exit-code >/dev/null

Each state has a name, the one that Flyway uses. A file that is gone is missing; one that came late is ignored until outOfOrder is
set; a repeatable that has changed is outdated; what a later checkout applied is future:

  $ rm db/migrations/V2__Create_b.sql
  $ echo 'CREATE TABLE late (id int);' >db/migrations/V1.5__Late.sql
  $ echo "CREATE OR REPLACE VIEW ids AS SELECT id FROM c;" >db/migrations/R__ids.sql
  $ sql "INSERT INTO flyway_schema_history VALUES (5, '9', 'From tomorrow', 'SQL', 'V9__From_tomorrow.sql', 1, 'eve', now(), 1, true)"
  $ slipway info
  Environment dev: database $DB_NAME, PostgreSQL * (glob)
  Schema version: 9
  
  Category    Version  Description    Type  Installed On         State     Undoable
  Versioned   1        Create a       SQL   ????-??-?? ??:??:??  Success   Yes (glob)
  Versioned   2        Create b       SQL   ????-??-?? ??:??:??  Missing   No (glob)
  Repeatable           ids            SQL   ????-??-?? ??:??:??  Outdated  No (glob)
  Versioned   3        Create c       SQL   ????-??-?? ??:??:??  Success   No (glob)
  Versioned   9        From tomorrow  SQL   ????-??-?? ??:??:??  Future    No (glob)
  Versioned   1.5      Late           SQL                        Ignored   No
  Repeatable           ids            SQL                        Pending   No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.

A name that is no migration's is passed over with a word, as Flyway does without one:

  $ echo 'SELECT 1;' >db/migrations/notes.sql
  $ echo 'SELECT 1;' >db/migrations/Vx__Not_a_version.sql
  $ slipway info | tail -n 3
  note: passed over db/migrations/Vx__Not_a_version.sql: 'x' is no version
  note: passed over db/migrations/notes.sql: its name begins with no prefix of the project
  Repeatable           ids            SQL                        Pending   No
  
  1 migration pending: `slipway plan` shows what would run, `slipway migrate` runs it.
