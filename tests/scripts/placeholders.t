#require database

Placeholders are filled in before a script is read, wherever they stand. Their values come from the configuration, or from variables
of the environment as Flyway names them.

  $ mkdir -p db/migrations
  $ cat >slipway.toml <<'TOML'
  > [project.placeholders]
  > owner = "postgres"
  > size = 40
  > comment = """
  > two
  > lines"""
  > [environments.dev]
  > url = "${DB_URL}"
  > TOML
  $ cat >db/migrations/V1__Create_names.sql <<'SQL'
  > CREATE TABLE names (name varchar(${size}), at ${Type} DEFAULT now());  /* ${comment} */
  > ALTER TABLE names OWNER TO ${owner};
  > SQL
  $ FLYWAY_PLACEHOLDERS_TYPE=timestamptz slipway migrate
    ✓ V1 Create names (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'names'::regclass AND attnum > 0"
  name|character varying(40)
  at|timestamp with time zone

Those that Flyway fills in by itself:

  $ cat >db/migrations/V2__Built_in.sql <<'SQL'
  > CREATE TABLE built_in AS VALUES
  >     ('defaultSchema', '${flyway:defaultSchema}'), ('user', '${flyway:user}'), ('database', '${flyway:database}'),
  >     ('filename', '${flyway:filename}'), ('table', '${flyway:table}'), ('environment', '${flyway:environment}'),
  >     ('timestamp', regexp_replace('${flyway:timestamp}', '\d', '9', 'g')), ('workingDirectory', '${flyway:workingDirectory}');
  > SQL
  $ FLYWAY_PLACEHOLDERS_TYPE=timestamptz slipway migrate >/dev/null
  $ sql 'SELECT * FROM built_in'
  defaultSchema|public
  user|postgres
  database|$DB_NAME
  filename|V2__Built_in.sql
  table|flyway_schema_history
  environment|dev
  timestamp|????-??-?? ??:??:?? (glob)
  workingDirectory|$TMP

One without a value stops the run before anything is done, and tells where it stands:

  $ cat >db/migrations/V3__Names.sql <<'SQL'
  > SELECT 1;
  > /* comments count, too:
  >    ${sise} */
  > SQL
  $ export FLYWAY_PLACEHOLDERS_TYPE=timestamptz
  $ slipway migrate
  db/migrations/V3__Names.sql:3:4: error: the placeholder ${sise} has no value
    hint: did you mean ${size}? give it a value: 'sise = "..."' under [project.placeholders] in slipway.toml, flyway.placeholders.sise=... in flyway.conf, or the environment variable FLYWAY_PLACEHOLDERS_SISE; if it is no placeholder, write placeholderReplacement=false into db/migrations/V3__Names.sql.conf
  [2]

Lines and columns of errors are those of the file, although the text that ran was another:

  $ cat >db/migrations/V3__Names.sql <<'SQL'
  > SELECT 'é', '${comment}', '${comment}',
  >        '${owner}', missing FROM names;
  > SQL
  $ slipway migrate
    ✗ V3 Names
  db/migrations/V3__Names.sql:2:20: error: column "missing" does not exist (SQLSTATE 42703)
    | SELECT 'é', 'two
    | lines', 'two
    | lines',
    |        'postgres', missing FROM names
    nothing of V3 Names was applied
    hint: correct the statement and run the command again
  [1]

Where ${...} means something else, a script says so in its own configuration; or the project chooses other signs:

  $ echo 'COMMENT ON TABLE names IS $$costs ${5}$$;' >db/migrations/V3__Names.sql
  $ echo 'placeholderReplacement=false' >db/migrations/V3__Names.sql.conf
  $ slipway migrate
    ✓ V3 Names (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 3 (*) (glob)
  $ sed -i '1i [project]\nplaceholder_prefix = "@{"' slipway.toml
  $ echo "COMMENT ON TABLE names IS '@{owner} and \${owner}';" >db/migrations/V4__Comment.sql
  $ sed -i s/timestamptz// db/migrations/V1__Create_names.sql
  $ slipway migrate
    ✓ V4 Comment (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 4 (*) (glob)
  $ sql "SELECT obj_description('names'::regclass)"
  postgres and ${owner}
