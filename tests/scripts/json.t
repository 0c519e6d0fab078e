#require database

With --format json a command prints one JSON document on its standard output and nothing else, also when it fails.

  $ mkdir -p db/migrations
  $ printf '[environments.dev]\nurl = "${DB_URL}"\n' >slipway.toml
  $ echo 'CREATE TABLE a (id int);' >db/migrations/V1__Create_a.sql
  $ echo 'DROP TABLE a;' >db/migrations/U1__Drop_a.sql
  $ keys() { perl -MJSON::PP -0777 -ne 'print join(" ", sort keys %{decode_json $_}), "\n"'; }
  $ slipway info --format json
  {
    "slipway": 1,
    "environment": "dev",
    "database": "$DB_NAME",
    "server": "PostgreSQL *", (glob)
    "table": "public.flyway_schema_history",
    "schemaVersion": "",
    "pending": 1,
    "migrations": [
      {
        "category": "Versioned",
        "version": "1",
        "description": "Create a",
        "type": "SQL",
        "installedOn": "",
        "installedBy": "",
        "state": "Pending",
        "undoable": true,
        "executionTime": 0,
        "filepath": "db/migrations/V1__Create_a.sql",
        "undoFilepath": "db/migrations/U1__Drop_a.sql"
      }
    ],
    "notes": []
  }
  $ slipway plan --format json
  {
    "slipway": 1,
    "environment": "dev",
    "server": "PostgreSQL *, database $DB_NAME", (glob)
    "digest": "*", (glob)
    "historyDigest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "scripts": [
      {
        "id": "V1",
        "description": "Create a",
        "direction": "up",
        "file": "db/migrations/V1__Create_a.sql",
        "checksum": -623083431,
        "segments": [
          {
            "kind": "atomic",
            "digest": "*", (glob)
            "lockTimeoutMs": 2000,
            "statementTimeoutMs": 0,
            "done": false,
            "statements": [
              {
                "line": 1,
                "kind": "create_table",
                "sql": "CREATE TABLE a (id int)"
              }
            ]
          }
        ]
      }
    ]
  }
  $ slipway validate --format json | keys
  findings slipway validateCount validationSuccessful
  $ slipway migrate --format json
  {
    "slipway": 1,
    "operation": "migrate",
    "environment": "dev",
    "database": "$DB_NAME",
    "initialSchemaVersion": "",
    "targetSchemaVersion": "1",
    "migrationsExecuted": 1,
    "scripts": [
      "V1 Create a"
    ],
    "planDigest": "*", (glob)
    "totalMigrationTime": *, (glob)
    "log": "$TMP/.slipway/logs/*.jsonl" (glob)
  }
  $ slipway undo --format json | keys
  database environment initialSchemaVersion log migrationsUndone operation planDigest scripts slipway targetSchemaVersion totalMigrationTime
  $ slipway repair --format json | keys
  findings migrationsAligned migrationsDeleted migrationsKept migrationsRemoved slipway
  $ slipway inspect --format json | keys
  digest extensions functions others schemas sequences slipway tables types
  $ slipway setup --format json | keys
  applied role slipway sql
  $ slipway baseline --format json
  {
    "slipway": 1,
    "error": {
      "code": "baseline-refused",
      "exit": 1,
      "message": "public.flyway_schema_history already holds applied migrations, so it needs no baseline",
      "hint": "see `slipway info`"
    }
  }
  [1]
  $ sql 'DROP TABLE flyway_schema_history'
  $ slipway baseline --version 1 --format json
  {
    "slipway": 1,
    "successfullyBaselined": true,
    "baselineVersion": "1",
    "taken": 0,
    "table": "public.flyway_schema_history"
  }
  $ slipway new table --format json | keys
  migration slipway undo
  $ slipway embedded status --format json | keys
  data postmaster running slipway socket version
  $ slipway env adopt dev --format json
  {
    "slipway": 1,
    "environment": "dev",
    "before": "dev"
  }
  $ slipway status --format json | keys
  changes environments proofs slipway

Errors have the same fields as in the text, and the exit code:

  $ printf 'SELECT 1;\nSELECT missing;\n' >db/migrations/V2__Broken.sql
  $ slipway migrate --format json
  {
    "slipway": 1,
    "error": {
      "code": "sql",
      "exit": 1,
      "message": "column \"missing\" does not exist",
      "hint": "correct the statement and run the command again",
      "file": "db/migrations/V2__Broken.sql",
      "line": 2,
      "column": 8,
      "sqlstate": "42703",
      "detail": "nothing of V2 Broken was applied",
      "sql": "SELECT missing"
    }
  }
  [1]
  $ slipway migrate --format json --targit 2
  {
    "slipway": 1,
    "error": {
      "code": "arguments",
      "exit": 2,
      "message": "`slipway migrate` has no option '--targit'",
      "hint": "did you mean '--target'?"
    }
  }
  [2]
  $ slipway inof --format json
  {
    "slipway": 1,
    "error": {
      "code": "verb-unknown",
      "exit": 2,
      "message": "there is no verb 'inof'",
      "hint": "did you mean `slipway info`?"
    }
  }
  [2]
  $ slipway info --format json --url postgresql://127.0.0.1:1/x
  {
    "slipway": 1,
    "error": {
      "code": "server-unreachable",
      "exit": 3,
      "message": "cannot connect to postgresql://127.0.0.1:1/x: connection to server at \"127.0.0.1\", port 1 failed: Connection refused",
      "hint": "check that the server runs and that host and port in the url are right"
    }
  }
  [3]
