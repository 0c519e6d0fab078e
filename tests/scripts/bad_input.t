#require database

Every mistake is told with the place, the reason, and what to do next.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ with() { rm -rf db/migrations/*; printf "$1" >db/migrations/V1__Bad.sql; slipway migrate; }

A script that cannot be a script:

  $ with "SELECT 1;\nSELECT 'caf\xE9';\n"
  db/migrations/V1__Bad.sql:2:12: error: the file is not well-formed UTF-8 (byte 0xE9)
    hint: save the file as UTF-8, or name its encoding in the configuration
  [2]
  $ with "SELECT 1;\nSELECT 'a\0b';\n"
  db/migrations/V1__Bad.sql:2:10: error: the file holds a NUL byte, at which PostgreSQL would stop reading
    hint: remove the byte; SQL scripts are plain text
  [2]
  $ with "\xFF\xFES\0E\0L\0E\0C\0T\0"
  db/migrations/V1__Bad.sql:1:4: error: the file holds a NUL byte, at which PostgreSQL would stop reading
    hint: it looks like UTF-16: save it as UTF-8
  [2]
  $ rm db/migrations/V1__Bad.sql; ln -s nowhere db/migrations/V1__Bad.sql
  $ slipway migrate
  db/migrations/V1__Bad.sql: error: cannot read db/migrations/V1__Bad.sql: No such file or directory
    hint: check the path
  [2]

An empty script is a migration; that it does nothing is said:

  $ rm db/migrations/V1__Bad.sql; echo '-- nothing yet' >db/migrations/V1__Empty.sql
  $ slipway migrate
    V1 Empty: the script holds no statement; all that it leaves is its row in the history
    ✓ V1 Empty (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 1 (*) (glob)
  $ sql 'SELECT version, checksum FROM flyway_schema_history'
  1|2021347396

Two files with one version, and a gap, which is none of our business:

  $ echo 'SELECT 1;' >db/migrations/V1_0__Same.sql
  $ slipway migrate
  db/migrations/V1__Empty.sql: error: two files have version 1: db/migrations/V1_0__Same.sql and db/migrations/V1__Empty.sql
    hint: give one of them a new number: the one that no database has seen yet
  [2]
  $ mv db/migrations/V1_0__Same.sql db/migrations/V5__Later.sql
  $ slipway migrate
    ✓ V5 Later (*) (glob)
  Applied 1 migration to $DB_NAME (dev), now at version 5 (*) (glob)

A configuration with mistakes:

  $ config() { printf "$1\n[environments.dev]\nurl = \"\${DB_URL}\"\n" >slipway.toml; slipway info 2>&1 | head -n 2; }
  $ config '[project]\nmigratoins = "db"'
  slipway.toml:2:1: error: there is no key 'migratoins'
    hint: did you mean 'migrations'?
  $ config '[project]\nmigrations = 5'
  slipway.toml:2:1: error: 'migrations' must be a folder or a list of folders
    hint: correct the value
  $ config '[project]\nmigrations = "nowhere"' >/dev/null; slipway plan
    note: the folder of migrations nowhere does not exist
  -- Plan for dev (PostgreSQL *, database $DB_NAME) (glob)
  -- Nothing is pending.
  $ config '[projekt]'
  slipway.toml:1:2: error: there is no key 'projekt'
    hint: did you mean 'project'?
  $ config '[project]\nout_of_order = "yes"'
  slipway.toml:2:1: error: 'out_of_order' must be true or false
    hint: correct the value
  $ config '[project]\nlayout = "flywya"'
  slipway.toml: error: there is no layout named 'flywya'
    hint: did you mean 'flyway'?
  $ config '[project'
  slipway.toml:1:9: error: this is not TOML: Error while parsing table header: expected ']', saw '\n'
    hint: correct the line
  $ printf '[environments.dev]\nurl = "${DB_URL}"\nlock_timeout = "soon"\n' >slipway.toml; slipway info
  slipway.toml:3:1: error: 'lock_timeout' must be a duration such as "500ms", "2s" or "5min"
    hint: correct the value
  [2]
  $ printf '[environments.dev]\nlock_timeout = "2s"\n' >slipway.toml; slipway info
  slipway.toml:1:15: error: the environment 'dev' has no url
    hint: add url = "${DEV_DB_URL}", or url = "embedded:dev" for a private server
  [2]
  $ printf '[environments.dev]\nurl = "${DB_URL}"\napprovals = 2\n' >slipway.toml; slipway info
  slipway.toml:3:1: error: this version of Slipway does not enforce 'approvals'
    hint: remove it: a rule that stands in the file must also hold
  [2]
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml

A command line with mistakes:

  $ slipway migrat
  error: there is no verb 'migrat'
    hint: did you mean `slipway migrate`?
  [2]
  $ slipway frobnicate
  error: there is no verb 'frobnicate'
    hint: see `slipway help` for the verbs
  [2]
  $ slipway migrate --tagret 5
  error: `slipway migrate` has no option '--tagret'
    hint: did you mean '--target'?
  [2]
  $ slipway migrate now
  error: 'now' is one argument too many
    hint: see `slipway help migrate`
  [2]
  $ slipway migrate --wait soon
  error: --wait: 'soon' is no duration; write 500ms, 30s, 5m or 1h
    hint: see `slipway help migrate`
  [2]
  $ slipway info --format yaml
  error: --format: yaml not in {text,json}
    hint: see `slipway help info`
  [2]
  $ slipway info --env
  error: --env: 1 required NAME missing
    hint: see `slipway help info`
  [2]
  $ slipway info --env prod
  slipway.toml: error: there is no environment 'prod'
    hint: the environments are: dev
  [2]
  $ slipway help migrat
  error: there is no verb 'migrat'
    hint: did you mean `slipway migrate`?
  [2]
  $ slipway info --project nowhere
  error: there is no folder nowhere
    hint: give the project's folder to --project
  [2]
