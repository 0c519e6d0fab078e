#require database

In production Slipway connects as a plain role. `slipway setup` prints what an administrator has to run for that, once.

  $ role=app_$DB_NAME
  $ sql "CREATE ROLE $role LOGIN; CREATE ROLE other_$role"
  $ export ADMIN_URL=$DB_URL DB_URL=${DB_URL/user=postgres/user=$role}
  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ cat >db/migrations/V1__Create_users.sql <<'SQL'
  > CREATE TABLE users (id int PRIMARY KEY, email text);
  > CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
  > INSERT INTO users VALUES (1, 'ada@example.com');
  > SQL
  $ printf 'DROP INDEX CONCURRENTLY users_email_idx;\nDROP TABLE users;\n' >db/migrations/U1__Drop_users.sql

Without it the first run says what is missing:

  $ slipway migrate
  error: Slipway keeps its journal in the schema 'slipway' of database $DB_NAME, which is not there or not open to the role app_$DB_NAME
    hint: let an administrator run what `slipway setup` prints
  [3]
  $ slipway setup
  CREATE SCHEMA IF NOT EXISTS slipway;
  COMMENT ON SCHEMA slipway IS 'Slipway: journal of migrations and mark of the environment';
  CREATE TABLE IF NOT EXISTS slipway.journal (
      id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      history_oid oid NOT NULL,
      rank        integer NOT NULL,
      checksum    integer NOT NULL,
      direction   text NOT NULL,
      segment     integer NOT NULL,
      segments    integer NOT NULL,
      kind        text NOT NULL,
      state       text NOT NULL,
      digest      text NOT NULL,
      facts       text NOT NULL,
      statements  text NOT NULL,
      run         text NOT NULL,
      host        text NOT NULL,
      role        text NOT NULL DEFAULT current_user,
      at          timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX IF NOT EXISTS journal_rank_idx ON slipway.journal (history_oid, rank);
  CREATE TABLE IF NOT EXISTS slipway.environment (
      only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
      name              text NOT NULL,
      system_identifier text NOT NULL,
      database_oid      oid NOT NULL,
      marked_at         timestamptz NOT NULL DEFAULT now(),
      marked_by         text NOT NULL DEFAULT current_user
  );
  GRANT CONNECT ON DATABASE $DB_NAME TO app_$DB_NAME;
  GRANT USAGE ON SCHEMA slipway TO app_$DB_NAME;
  GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA slipway TO app_$DB_NAME;
  GRANT USAGE, CREATE ON SCHEMA public TO app_$DB_NAME;

It can be piped to psql. Then everything works with just these rights:

  $ slipway setup | sql
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway info | tail -n 1
  Versioned  1        Create users  SQL   ????-??-?? ??:??:??  Success  Yes (glob)
  $ slipway validate
  Successfully validated 1 migration.
  $ slipway undo
    ✓ undo of V1 Create users (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version << Empty Schema >> (*) (glob)
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ echo '-- a word more' >>db/migrations/V1__Create_users.sql
  $ slipway repair
  Took over checksum and description from the files: 1
  $ echo "CREATE VIEW emails AS SELECT email FROM users;" >db/migrations/R__emails.sql
  $ slipway plan --out plan.json | tail -n 1
  Written to plan.json; `slipway migrate --plan plan.json` runs exactly this.
  $ slipway migrate --plan plan.json
    ✓ R emails (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)

A history that an administrator has made before is opened to the role as well; --role names it where the environment's user is another:

  $ slipway setup --url "$ADMIN_URL" --role "other_$role" | grep GRANT
  GRANT CONNECT ON DATABASE $DB_NAME TO other_app_$DB_NAME;
  GRANT USAGE ON SCHEMA slipway TO other_app_$DB_NAME;
  GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA slipway TO other_app_$DB_NAME;
  GRANT USAGE, CREATE ON SCHEMA public TO other_app_$DB_NAME;
  GRANT SELECT, INSERT, UPDATE, DELETE ON public.flyway_schema_history TO other_app_$DB_NAME;
  $ slipway setup --url "$ADMIN_URL" --role "other_$role" --apply
  Done: the role other_app_$DB_NAME can work with Slipway here.
  $ slipway setup --apply
  error: permission denied for database $DB_NAME (SQLSTATE 42501)
    hint: an administrator has to run this: `slipway setup --role ROLE --url ADMIN_URL --apply`, or what `slipway setup` prints
  [1]
  $ slipway setup --url "$ADMIN_URL" --role nobody_of_that_name --apply
  error: role "nobody_of_that_name" does not exist (SQLSTATE 42704)
    hint: create the role first: CREATE ROLE nobody_of_that_name LOGIN
  [1]

A project that names its schemas gets those that are missing, and one on Slipway's own history the right to make it:

  $ sql "DROP SCHEMA slipway CASCADE; DROP TABLE users, flyway_schema_history CASCADE" 2>/dev/null
  $ sed -i '1i [project]\nschemas = ["app", "public"]' slipway.toml
  $ slipway setup | grep -w app
  CREATE SCHEMA IF NOT EXISTS app;
  GRANT USAGE, CREATE ON SCHEMA app TO app_$DB_NAME;
  $ slipway setup | sql
  $ rm db/migrations/R*
  $ slipway migrate
    ✓ V1 Create users (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql "DROP SCHEMA slipway, app CASCADE" 2>/dev/null
  $ rm -r db slipway.toml; mkdir migrations; echo 'CREATE TABLE t ();' >migrations/1_t.up.sql; echo 'DROP TABLE t;' >migrations/1_t.down.sql
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ slipway setup | sql
  $ slipway migrate
    ✓ V1 t (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ slipway undo
    ✓ undo of V1 t (*) (glob)
  Undid 1 migration in $DB_NAME (dev), now at version << Empty Schema >> (*) (glob)
  $ sql "REASSIGN OWNED BY $role TO postgres; DROP OWNED BY $role, other_$role; DROP ROLE $role, other_$role"
