The reports of `slipway check`: one format on standard output, and others in files.

  $ mkdir -p db/migrations
  $ cat >db/migrations/V1__Create_orders.sql <<'SQL'
  > CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);
  > SQL
  $ cat >db/migrations/V2__Grow.sql <<'SQL'
  > -- Orders grow.
  > ALTER TABLE orders ALTER COLUMN total TYPE bigint;
  > CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
  > ALTER TABLE orders ADD COLUMN note text,
  > 	ADD COLUMN "単価" int, ADD COLUMN total bigint;
  > SQL
  $ check() { slipway check --since 1 --server-version 15 "$@"; }
  $ check --format text
  db/migrations/V2__Grow.sql
     2  ALTER TABLE orders ALTER COLUMN total TYPE bigint
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; rebuilds
            public.orders_pkey
        error: ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written
          anew: bigint is not stored as integer is [column-type-change, predicted]
         --> db/migrations/V2__Grow.sql:2:1
          2 | ALTER TABLE orders ALTER COLUMN total TYPE bigint;
            | ^
          hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap
            (expand and contract)
     3  CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total)
          SHARE UPDATE EXCLUSIVE on public.orders; reads the whole table
     4  ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "単価" int, ADD COLUMN total bigint
        error: column total of public.orders exists already [duplicate-object]
         --> db/migrations/V2__Grow.sql:5:34
          5 |     ADD COLUMN "単価" int, ADD COLUMN total bigint;
            |                                       ^
          hint: give it another name, or drop the old one first
  
  The strongest lock on each table:
    public.orders: ACCESS EXCLUSIVE by db/migrations/V2__Grow.sql:2: blocks reads and writes;
      rewritten
  
  FAIL: 2 errors, 4 notes on PostgreSQL 15; --notes shows the notes.
  [1]
  $ check --format github
  ::notice file=db/migrations/V2__Grow.sql,title=Slipway%3A undo-missing::there is no undo script, and nothing says why%0Ahint: write one, or declare irreversible = "reason" in the .slipway.toml beside it
  ::notice file=db/migrations/V2__Grow.sql,line=2,col=1,title=Slipway%3A cached-plan::prepared SELECT * on public.orders fails once in each connection: "cached plan must not change result type"%0Ahint: name the columns in prepared statements, or let the pool reconnect
  ::error file=db/migrations/V2__Grow.sql,line=2,col=1,title=Slipway%3A column-type-change::ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is%0Ahint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)
  ::notice file=db/migrations/V2__Grow.sql,line=4,col=31,title=Slipway%3A cached-plan::prepared SELECT * on public.orders fails once in each connection: "cached plan must not change result type"%0Ahint: name the columns in prepared statements, or let the pool reconnect
  ::notice file=db/migrations/V2__Grow.sql,line=5,col=13,title=Slipway%3A cached-plan::prepared SELECT * on public.orders fails once in each connection: "cached plan must not change result type"%0Ahint: name the columns in prepared statements, or let the pool reconnect
  ::error file=db/migrations/V2__Grow.sql,line=5,col=34,title=Slipway%3A duplicate-object::column total of public.orders exists already%0Ahint: give it another name, or drop the old one first
  FAIL: 2 errors, 4 notes on PostgreSQL 15.
  [1]
  $ check --format junit
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites name="slipway check" tests="4" failures="2" errors="0">
    <testsuite name="db/migrations/V2__Grow.sql" tests="4" failures="2" errors="0" skipped="0">
      <testcase classname="db/migrations/V2__Grow.sql" name="the file as a whole" file="db/migrations/V2__Grow.sql" line="1">
        <system-out>note: there is no undo script, and nothing says why [undo-missing]&#10;hint: write one, or declare irreversible = &quot;reason&quot; in the .slipway.toml beside it</system-out>
      </testcase>
      <testcase classname="db/migrations/V2__Grow.sql" name="line 2: ALTER TABLE orders ALTER COLUMN total TYPE bigint" file="db/migrations/V2__Grow.sql" line="2">
        <failure type="column-type-change" message="ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is">error: ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is [column-type-change]&#10;at db/migrations/V2__Grow.sql:2:1&#10;hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)</failure>
        <system-out>ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; rebuilds public.orders_pkey&#10;&#10;note: prepared SELECT * on public.orders fails once in each connection: &quot;cached plan must not change result type&quot; [cached-plan]&#10;at db/migrations/V2__Grow.sql:2:1&#10;hint: name the columns in prepared statements, or let the pool reconnect</system-out>
      </testcase>
      <testcase classname="db/migrations/V2__Grow.sql" name="line 3: CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total)" file="db/migrations/V2__Grow.sql" line="3">
        <system-out>SHARE UPDATE EXCLUSIVE on public.orders; reads the whole table</system-out>
      </testcase>
      <testcase classname="db/migrations/V2__Grow.sql" name="line 4: ALTER TABLE orders ADD COLUMN note text, ADD COLUMN &quot;単価&quot; int, ADD COLUMN total bigint" file="db/migrations/V2__Grow.sql" line="4">
        <failure type="duplicate-object" message="column total of public.orders exists already">error: column total of public.orders exists already [duplicate-object]&#10;at db/migrations/V2__Grow.sql:5:34&#10;hint: give it another name, or drop the old one first</failure>
        <system-out>note: prepared SELECT * on public.orders fails once in each connection: &quot;cached plan must not change result type&quot; [cached-plan]&#10;at db/migrations/V2__Grow.sql:4:31&#10;hint: name the columns in prepared statements, or let the pool reconnect&#10;&#10;note: prepared SELECT * on public.orders fails once in each connection: &quot;cached plan must not change result type&quot; [cached-plan]&#10;at db/migrations/V2__Grow.sql:5:13&#10;hint: name the columns in prepared statements, or let the pool reconnect</system-out>
      </testcase>
    </testsuite>
  </testsuites>
  [1]
  $ check --format codequality
  [
    {
      "description": "there is no undo script, and nothing says why (hint: write one, or declare irreversible = \"reason\" in the .slipway.toml beside it)",
      "check_name": "undo-missing",
      "fingerprint": "0aa21a51adf9c6d9f1c2363325202450:1",
      "severity": "info",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 1
        }
      }
    },
    {
      "description": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\" (hint: name the columns in prepared statements, or let the pool reconnect)",
      "check_name": "cached-plan",
      "fingerprint": "3e64339902701c0e16cdcf8cb5c3c525:1",
      "severity": "info",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 2
        }
      }
    },
    {
      "description": "ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is (hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract))",
      "check_name": "column-type-change",
      "fingerprint": "4fc9b43c6b9ec4a334b8276d743dd0a1:1",
      "severity": "critical",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 2
        }
      }
    },
    {
      "description": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\" (hint: name the columns in prepared statements, or let the pool reconnect)",
      "check_name": "cached-plan",
      "fingerprint": "faca53ee1b33d5a2281ba8cffa894fb0:1",
      "severity": "info",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 4
        }
      }
    },
    {
      "description": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\" (hint: name the columns in prepared statements, or let the pool reconnect)",
      "check_name": "cached-plan",
      "fingerprint": "faca53ee1b33d5a2281ba8cffa894fb0:2",
      "severity": "info",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 5
        }
      }
    },
    {
      "description": "column total of public.orders exists already (hint: give it another name, or drop the old one first)",
      "check_name": "duplicate-object",
      "fingerprint": "876337a83834c170d1630e86216f85c8:1",
      "severity": "blocker",
      "location": {
        "path": "db/migrations/V2__Grow.sql",
        "lines": {
          "begin": 5
        }
      }
    }
  ]
  [1]
  $ check --format sarif
  {
    "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
    "version": "2.1.0",
    "runs": [
      {
        "tool": {
          "driver": {
            "name": "Slipway",
            "version": "*", (glob)
            "rules": [
              {
                "id": "undo-missing",
                "shortDescription": {
                  "text": "a migration has no undo script"
                },
                "help": {
                  "text": "write one, or declare irreversible = \"reason\" in the .slipway.toml beside it"
                },
                "defaultConfiguration": {
                  "level": "note"
                },
                "properties": {
                  "tags": [
                    "review"
                  ]
                }
              },
              {
                "id": "cached-plan",
                "shortDescription": {
                  "text": "prepared SELECT * of running code fails once"
                },
                "help": {
                  "text": "name the columns in prepared statements, or let the pool reconnect"
                },
                "defaultConfiguration": {
                  "level": "note"
                },
                "properties": {
                  "tags": [
                    "review"
                  ]
                }
              },
              {
                "id": "column-type-change",
                "shortDescription": {
                  "text": "a new type rewrites the table, or builds its indexes anew, or reads it"
                },
                "help": {
                  "text": "a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)"
                },
                "defaultConfiguration": {
                  "level": "error"
                },
                "properties": {
                  "tags": [
                    "safety"
                  ]
                }
              },
              {
                "id": "duplicate-object",
                "shortDescription": {
                  "text": "Duplicate object"
                },
                "help": {
                  "text": "give it another name, or drop the old one first"
                },
                "defaultConfiguration": {
                  "level": "error"
                }
              }
            ]
          }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
          {
            "ruleId": "undo-missing",
            "ruleIndex": 0,
            "level": "note",
            "message": {
              "text": "there is no undo script, and nothing says why\nHint: write one, or declare irreversible = \"reason\" in the .slipway.toml beside it"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 1
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "0aa21a51adf9c6d9f1c2363325202450:1"
            }
          },
          {
            "ruleId": "cached-plan",
            "ruleIndex": 1,
            "level": "note",
            "message": {
              "text": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"\nHint: name the columns in prepared statements, or let the pool reconnect"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 2,
                    "startColumn": 1
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "3e64339902701c0e16cdcf8cb5c3c525:1"
            },
            "properties": {
              "ground": "predicted"
            }
          },
          {
            "ruleId": "column-type-change",
            "ruleIndex": 2,
            "level": "error",
            "message": {
              "text": "ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is\nHint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 2,
                    "startColumn": 1
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "4fc9b43c6b9ec4a334b8276d743dd0a1:1"
            },
            "properties": {
              "ground": "predicted"
            }
          },
          {
            "ruleId": "cached-plan",
            "ruleIndex": 1,
            "level": "note",
            "message": {
              "text": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"\nHint: name the columns in prepared statements, or let the pool reconnect"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 4,
                    "startColumn": 31
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "faca53ee1b33d5a2281ba8cffa894fb0:1"
            },
            "properties": {
              "ground": "predicted"
            }
          },
          {
            "ruleId": "cached-plan",
            "ruleIndex": 1,
            "level": "note",
            "message": {
              "text": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"\nHint: name the columns in prepared statements, or let the pool reconnect"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 5,
                    "startColumn": 13
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "faca53ee1b33d5a2281ba8cffa894fb0:2"
            },
            "properties": {
              "ground": "predicted"
            }
          },
          {
            "ruleId": "duplicate-object",
            "ruleIndex": 3,
            "level": "error",
            "message": {
              "text": "column total of public.orders exists already\nHint: give it another name, or drop the old one first"
            },
            "locations": [
              {
                "physicalLocation": {
                  "artifactLocation": {
                    "uri": "db/migrations/V2__Grow.sql",
                    "uriBaseId": "%SRCROOT%"
                  },
                  "region": {
                    "startLine": 5,
                    "startColumn": 34
                  }
                }
              }
            ],
            "partialFingerprints": {
              "slipway/v1": "876337a83834c170d1630e86216f85c8:1"
            }
          }
        ]
      }
    ]
  }
  [1]
  $ check --format markdown
  <!-- slipway:3c076e8d921c982bdd58753b9bf020d6999f1187f3754cadfba1f3ced8ba9452 -->
  ### ✗ FAIL: 2 errors, 4 notes on PostgreSQL 15.
  
  #### Changes
  
  | Statement | Object | Lock | Blocks | Cost |
  |---|---|---|---|---|
  | <code>V2\_\_Grow.sql:2</code> | <code>public.orders</code> | ACCESS EXCLUSIVE | reads and writes | rewrites the table; rebuilds public.orders\_pkey |
  | <code>V2\_\_Grow.sql:3</code> | <code>public.orders</code> | SHARE UPDATE EXCLUSIVE |  | reads the whole table |
  
  #### Errors
  
  - <code>db/migrations/V2\_\_Grow.sql:2:1</code> column-type-change: **ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is** (predicted)
    <br><code>ALTER TABLE orders ALTER COLUMN total TYPE bigint</code>
    <br>Hint: a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)
  - <code>db/migrations/V2\_\_Grow.sql:5:34</code> duplicate-object: **column total of public.orders exists already**
    <br><code>ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "単価" int, ADD COLUMN total bigint</code>
    <br>Hint: give it another name, or drop the old one first
  
  #### Notes
  
  - <code>db/migrations/V2\_\_Grow.sql</code> undo-missing: **there is no undo script, and nothing says why**
    <br>Hint: write one, or declare irreversible = "reason" in the .slipway.toml beside it
  - <code>db/migrations/V2\_\_Grow.sql:2:1</code> cached-plan: **prepared SELECT \* on public.orders fails once in each connection: "cached plan must not change result type"** (predicted)
    <br><code>ALTER TABLE orders ALTER COLUMN total TYPE bigint</code>
    <br>Hint: name the columns in prepared statements, or let the pool reconnect
  - <code>db/migrations/V2\_\_Grow.sql:4:31</code> cached-plan: **prepared SELECT \* on public.orders fails once in each connection: "cached plan must not change result type"** (predicted)
    <br><code>ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "単価" int, ADD COLUMN total bigint</code>
    <br>Hint: name the columns in prepared statements, or let the pool reconnect
  - <code>db/migrations/V2\_\_Grow.sql:5:13</code> cached-plan: **prepared SELECT \* on public.orders fails once in each connection: "cached plan must not change result type"** (predicted)
    <br><code>ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "単価" int, ADD COLUMN total bigint</code>
    <br>Hint: name the columns in prepared statements, or let the pool reconnect
  
  <details><summary>The SQL (3 statements)</summary>
  
  ```sql
  -- db/migrations/V2__Grow.sql
  -- segment 1 of 3, one transaction
  ALTER TABLE orders ALTER COLUMN total TYPE bigint;
  -- segment 2 of 3, outside of transactions
  CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);
  -- segment 3 of 3, one transaction
  ALTER TABLE orders ADD COLUMN note text,
  	ADD COLUMN "単価" int, ADD COLUMN total bigint;
  ```
  
  </details>
  [1]
  $ check --format json | grep rule
          {"rule": "undo-missing", "severity": "note", "line": 0, "column": 0, "message": "there is no undo script, and nothing says why", "help": "write one, or declare irreversible = \"reason\" in the .slipway.toml beside it", "category": "review"},
          {"rule": "cached-plan", "severity": "note", "line": 2, "column": 1, "message": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"", "help": "name the columns in prepared statements, or let the pool reconnect", "category": "review", "ground": "predicted"},
          {"rule": "column-type-change", "severity": "error", "line": 2, "column": 1, "message": "ACCESS EXCLUSIVE on public.orders blocks reads and writes while every row is written anew: bigint is not stored as integer is", "help": "a new column that a trigger keeps in step and a backfill fills in batches, then a swap (expand and contract)", "category": "safety", "ground": "predicted"},
          {"rule": "cached-plan", "severity": "note", "line": 4, "column": 31, "message": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"", "help": "name the columns in prepared statements, or let the pool reconnect", "category": "review", "ground": "predicted"},
          {"rule": "cached-plan", "severity": "note", "line": 5, "column": 13, "message": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"", "help": "name the columns in prepared statements, or let the pool reconnect", "category": "review", "ground": "predicted"},
          {"rule": "duplicate-object", "severity": "error", "line": 5, "column": 34, "message": "column total of public.orders exists already", "help": "give it another name, or drop the old one first"}

Several in one run; --out takes the one that would stand on standard output:

  $ check --format github --out annotations --report sarif=x.sarif --report junit=x.xml
  [1]
  $ grep -c ::error annotations
  2
  $ grep -o '"ruleId": "[a-z-]*"' x.sarif; grep -c '<testcase' x.xml; ls
  "ruleId": "undo-missing"
  "ruleId": "cached-plan"
  "ruleId": "column-type-change"
  "ruleId": "cached-plan"
  "ruleId": "cached-plan"
  "ruleId": "duplicate-object"
  4
  annotations
  db
  x.sarif
  x.xml
  $ check --format github | diff - annotations && check --format sarif | diff - x.sarif && check --format junit | diff - x.xml

Warnings and notes of what is being done do not get into a document, nor does an error:

  $ slipway check --since 9 --format sarif 2>/dev/null
  [2]

What is wrong with the options is told before anything is done:

  $ check --format sarf
  error: --format: there is no format 'sarf'; they are codequality, github, json, junit, markdown, sarif, text
    hint: see `slipway help check`
  [2]
  $ check --report sarif
  error: --report: 'sarif' is no FORMAT=FILE, such as sarif=slipway.sarif
    hint: see `slipway help check`
  [2]
  $ check --report sarif=
  error: --report: 'sarif=' is no FORMAT=FILE, such as sarif=slipway.sarif
    hint: see `slipway help check`
  [2]
  $ check --report sarf=x
  error: --report: there is no format 'sarf'; they are codequality, github, json, junit, markdown, sarif, text
    hint: see `slipway help check`
  [2]
  $ check --out
  error: --out: 1 required FILE missing
    hint: see `slipway help check`
  [2]

A report that cannot be written ends the command, and nothing stands on standard output:

  $ check --report sarif=nowhere/x.sarif
  error: cannot write nowhere/x.sarif: No such file or directory
    hint: make the folder and run the command again
  [3]
  $ mkdir folder; check --out folder 2>&1 | head -n 1
  error: cannot write folder: Is a directory
  $ check --format json --report junit=nowhere/x.xml
  {
    "slipway": 1,
    "error": {
      "code": "file-unwritable",
      "exit": 3,
      "message": "cannot write nowhere/x.xml: No such file or directory",
      "hint": "make the folder and run the command again"
    }
  }
  [3]
  $ check --report markdown=/dev/stdout --format github | head -n 2
  <!-- slipway:3c076e8d921c982bdd58753b9bf020d6999f1187f3754cadfba1f3ced8ba9452 -->
  ### ✗ FAIL: 2 errors, 4 notes on PostgreSQL 15.

Without anything to check there is a document, too:

  $ rm db/migrations/V2__Grow.sql
  $ check --format codequality
  []
  $ check --format markdown
  <!-- slipway:d90115f81d206a18c462372b4156a58506b362c46c8cc556886f39dd7dddac70 -->
  ### ✓ There is nothing to check.
  $ check --format junit
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites name="slipway check" tests="0" failures="0" errors="0">
  </testsuites>
