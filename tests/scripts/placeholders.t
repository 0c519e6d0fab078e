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
  > CREATE TABLE names (name varchar(${size}), at ${Type} DEFAULT now());  -- ${comment}
  > ALTER TABLE names OWNER TO ${owner};
  > SQL
  $ FLYWAY_PLACEHOLDERS_TYPE=timestamptz slipway migrate
    ✗ V1 Create names
  db/migrations/V1__Create_names.sql:1:75: error: syntax error at or near "lines" (SQLSTATE 42601)
    | lines
    | ALTER TABLE names OWNER TO postgres
    nothing of V1 Create names was applied
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'names'::regclass AND attnum > 0"
  ERROR:  relation "names" does not exist
  LINE 1: ...id, atttypmod) FROM pg_attribute WHERE attrelid = 'names'::r...
                                                               ^
  [1]

Those that Flyway fills in by itself:

  $ cat >db/migrations/V2__Built_in.sql <<'SQL'
  > CREATE TABLE built_in AS VALUES
  >     ('defaultSchema', '${flyway:defaultSchema}'), ('user', '${flyway:user}'), ('database', '${flyway:database}'),
  >     ('filename', '${flyway:filename}'), ('table', '${flyway:table}'), ('environment', '${flyway:environment}'),
  >     ('timestamp', regexp_replace('${flyway:timestamp}', '\d', '9', 'g')), ('workingDirectory', '${flyway:workingDirectory}');
  > SQL
  $ FLYWAY_PLACEHOLDERS_TYPE=timestamptz slipway migrate >/dev/null
  db/migrations/V1__Create_names.sql:1:75: error: syntax error at or near "lines" (SQLSTATE 42601)
    | lines
    | ALTER TABLE names OWNER TO postgres
    nothing of V1 Create names was applied
    hint: correct the statement and run the command again
  [1]
  $ sql 'SELECT * FROM built_in'
  ERROR:  relation "built_in" does not exist
  LINE 1: SELECT * FROM built_in
                        ^
  [1]

One without a value stops the run before anything is done, and tells where it stands:

  $ slipway plan
  db/migrations/V1__Create_names.sql:1:47: error: the placeholder ${Type} has no value
    hint: give it a value: 'type = "..."' under [project.placeholders] in slipway.toml, flyway.placeholders.type=... in flyway.conf, or the environment variable FLYWAY_PLACEHOLDERS_TYPE; if it is no placeholder, write placeholderReplacement=false into db/migrations/V1__Create_names.sql.conf
  [2]
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
    ✗ V1 Create names
  db/migrations/V1__Create_names.sql:1:75: error: syntax error at or near "lines" (SQLSTATE 42601)
    | lines
    | ALTER TABLE names OWNER TO postgres
    nothing of V1 Create names was applied
    hint: correct the statement and run the command again
  [1]

Where ${...} means something else, a script says so in its own configuration; or the project chooses other signs:

  $ echo 'COMMENT ON TABLE names IS $$costs ${5}$$;' >db/migrations/V3__Names.sql
  $ echo 'placeholderReplacement=false' >db/migrations/V3__Names.sql.conf
  $ slipway migrate
    ✗ V1 Create names
  db/migrations/V1__Create_names.sql:1:75: error: syntax error at or near "lines" (SQLSTATE 42601)
    | lines
    | ALTER TABLE names OWNER TO postgres
    nothing of V1 Create names was applied
    hint: correct the statement and run the command again
  [1]
  $ sed -i '1i [project]\nplaceholder_prefix = "@{"' slipway.toml
  $ echo "COMMENT ON TABLE names IS '@{owner} and \${owner}';" >db/migrations/V4__Comment.sql
  $ sed -i s/timestamptz// db/migrations/V1__Create_names.sql
  $ slipway migrate
    ✗ V1 Create names
  db/migrations/V1__Create_names.sql:1:34: error: syntax error at or near "$" (SQLSTATE 42601)
    | CREATE TABLE names (name varchar(${size}), at ${Type} DEFAULT now())
    nothing of V1 Create names was applied
    hint: correct the statement and run the command again
  [1]
  $ sql "SELECT obj_description('names'::regclass)"
  ERROR:  relation "names" does not exist
  LINE 1: SELECT obj_description('names'::regclass)
                                 ^
  [1]
