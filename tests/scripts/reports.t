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
  
  FAIL: 1 error on PostgreSQL 15.
  [1]
  $ check --format github
  ::error file=db/migrations/V2__Grow.sql,line=5,col=34,title=Slipway%3A duplicate-object::column total of public.orders exists already%0Ahint: give it another name, or drop the old one first
  FAIL: 1 error on PostgreSQL 15.
  [1]
  $ check --format junit
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites name="slipway check" tests="3" failures="1" errors="0">
    <testsuite name="db/migrations/V2__Grow.sql" tests="3" failures="1" errors="0" skipped="0">
      <testcase classname="db/migrations/V2__Grow.sql" name="line 2: ALTER TABLE orders ALTER COLUMN total TYPE bigint" file="db/migrations/V2__Grow.sql" line="2">
        <system-out>ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; rebuilds public.orders_pkey</system-out>
      </testcase>
      <testcase classname="db/migrations/V2__Grow.sql" name="line 3: CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total)" file="db/migrations/V2__Grow.sql" line="3">
        <system-out>SHARE UPDATE EXCLUSIVE on public.orders; reads the whole table</system-out>
      </testcase>
      <testcase classname="db/migrations/V2__Grow.sql" name="line 4: ALTER TABLE orders ADD COLUMN note text, ADD COLUMN &quot;単価&quot; int, ADD COLUMN total bigint" file="db/migrations/V2__Grow.sql" line="4">
        <failure type="duplicate-object" message="column total of public.orders exists already">error: column total of public.orders exists already [duplicate-object]&#10;at db/migrations/V2__Grow.sql:5:34&#10;hint: give it another name, or drop the old one first</failure>
      </testcase>
    </testsuite>
  </testsuites>
  [1]
  $ check --format codequality
  [
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
            "ruleId": "duplicate-object",
            "ruleIndex": 0,
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
  ### ✗ FAIL: 1 error on PostgreSQL 15.
  
  #### Changes
  
  | Statement | Object | Lock | Blocks | Cost |
  |---|---|---|---|---|
  | <code>V2\_\_Grow.sql:2</code> | <code>public.orders</code> | ACCESS EXCLUSIVE | reads and writes | rewrites the table; rebuilds public.orders\_pkey |
  | <code>V2\_\_Grow.sql:3</code> | <code>public.orders</code> | SHARE UPDATE EXCLUSIVE |  | reads the whole table |
  
  #### Errors
  
  - <code>db/migrations/V2\_\_Grow.sql:5:34</code> duplicate-object: **column total of public.orders exists already**
    <br><code>ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "単価" int, ADD COLUMN total bigint</code>
    <br>Hint: give it another name, or drop the old one first
  
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
          {"rule": "duplicate-object", "severity": "error", "line": 5, "column": 34, "message": "column total of public.orders exists already", "help": "give it another name, or drop the old one first"}

Several in one run; --out takes the one that would stand on standard output:

  $ check --format github --out annotations --report sarif=x.sarif --report junit=x.xml
  [1]
  $ grep -c ::error annotations
  1
  $ grep -o '"ruleId": "[a-z-]*"' x.sarif; grep -c '<testcase' x.xml; ls
  "ruleId": "duplicate-object"
  3
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
  ### ✗ FAIL: 1 error on PostgreSQL 15.

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
