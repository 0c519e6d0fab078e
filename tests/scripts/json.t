#require database

With --format json a command prints one JSON document on its standard output and nothing else, also when it fails.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE a (id int);' >db/migrations/V1__Create_a.sql
  $ echo 'DROP TABLE a;' >db/migrations/U1__Drop_a.sql
  $ keys() { python3 -c 'import json, sys; print(*json.load(sys.stdin))'; }
  $ slipway info --format json
  $ slipway plan --format json
  $ slipway validate --format json | keys
  $ slipway migrate --format json
  $ slipway undo --format json | keys
  $ slipway repair --format json | keys
  $ slipway inspect --format json | keys
  $ slipway setup --format json | keys
  $ slipway baseline --format json
  $ sql 'DROP TABLE flyway_schema_history'
  $ slipway baseline --version 1 --format json
  $ slipway new table --format json | keys
  $ slipway embedded status --format json | keys
  $ slipway env adopt dev --format json
  $ slipway status --format json | keys
  $ slipway rehearse --format json 2>/dev/null | keys

Errors have the same fields as in the text, and the exit code:

  $ printf 'SELECT 1;\nSELECT missing;\n' >db/migrations/V2__Broken.sql
  $ slipway migrate --format json
  $ slipway migrate --format json --targit 2
  $ slipway inof --format json
  $ slipway info --format json --url postgresql://localhost:1/x
