`slipway check --against main` looks at what a branch adds, and at what other open branches add.

  $ git init -q -b main . && git config user.name 'Ada Lovelace' && git config user.email ada@example.com
  $ mkdir -p db/migrations
  $ echo 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);' >db/migrations/V1__Create_orders.sql
  $ git add . && git commit -q -m 'Orders'

A colleague's branch takes version 2:

  $ git checkout -q -b weights
  $ echo 'ALTER TABLE orders ADD COLUMN weight integer;' >db/migrations/V2__Add_weight.sql
  $ git add . && git commit -q -m 'Weights' --author 'Grace Hopper <grace@example.com>'
  $ git checkout -q main && git checkout -q -b states
  $ echo 'ALTER TABLE orders ADD COLUMN state text;' >db/migrations/V2__Add_state.sql
  $ slipway check --against main --server-version 15
  db/migrations/V2__Add_state.sql
    error: version 2 is also db/migrations/V2__Add_weight.sql of weights (Grace Hopper)
      [version-taken]
      hint: agree on who goes first; `slipway new` numbers by time, so that this does not happen
    warning: db/migrations/V2__Add_weight.sql of weights (Grace Hopper) alters public.orders, too
      [table-elsewhere]
      hint: see with its author what happens when both are released
     1  ALTER TABLE orders ADD COLUMN state text
          ACCESS EXCLUSIVE on public.orders: blocks reads and writes
  
  FAIL: 1 error, 1 warning, 2 notes on PostgreSQL 15; --notes shows the notes.
  [1]
  $ git add . && git commit -q -m 'States'
  $ slipway check --against main --server-version 15 | tail -n 1
  FAIL: 1 error, 1 warning, 2 notes on PostgreSQL 15; --notes shows the notes.

With a number of its own:

  $ git mv db/migrations/V2__Add_state.sql db/migrations/V3__Add_state.sql && git commit -q -m 'Later'
  $ slipway check --against main --server-version 15 --format json | grep '"rule"' | cut -c 1-200
          {"rule": "table-elsewhere", "severity": "warning", "line": 0, "column": 0, "message": "db/migrations/V2__Add_weight.sql of weights (Grace Hopper) alters public.orders, too", "help": "see with 
          {"rule": "undo-missing", "severity": "note", "line": 0, "column": 0, "message": "there is no undo script, and nothing says why", "help": "write one, or declare irreversible = \"reason\" in the
          {"rule": "cached-plan", "severity": "note", "line": 1, "column": 31, "message": "prepared SELECT * on public.orders fails once in each connection: \"cached plan must not change result type\"",

What the base has must stay as it is:

  $ echo '-- changed' >>db/migrations/V1__Create_orders.sql && git commit -q -a -m 'Change what was applied'
  $ slipway check --against main --server-version 15 | grep -A 2 applied
      what it was [applied-file-changed]
     --> db/migrations/V1__Create_orders.sql
      hint: take the change back, and write a new migration instead
  $ git rm -q db/migrations/V1__Create_orders.sql && git commit -q -m 'Delete what was applied'
  $ slipway check --against main --server-version 15 | grep -A 2 applied
      what it was [applied-file-deleted]
     --> db/migrations/V1__Create_orders.sql
      hint: take the change back, and write a new migration instead
  $ git reset -q --hard HEAD~2

A detached head is as good as a branch:

  $ git checkout -q --detach && slipway check --against main --server-version 15 | tail -n 1
  PASS: 1 statement can run on PostgreSQL 15; 1 warning, 2 notes; --notes shows the notes.
  $ git checkout -q states

A checkout that cannot tell says so:

  $ PATH=/nowhere $(command -v slipway) check --against main
  error: git is not installed here
    hint: install it, or leave out --against
  [3]

  $ slipway check --against master
  error: there is no branch, tag or commit 'master' here
    hint: fetch it first (git fetch origin); a shallow checkout may lack it (in CI: fetch-depth: 0)
  [2]
  $ slipway check --against main --since 1
  error: --against looks at the whole project by itself
    hint: leave out the files and --since
  [2]
  $ git clone -q --depth 1 --no-single-branch "file://$PWD" ../shallow && cd ../shallow && slipway check --against origin/main --server-version 15 | tail -n 1
  error: this checkout is shallow: it does not reach back to where the branches part
    hint: fetch the rest: git fetch --unshallow (in a GitHub workflow: fetch-depth: 0)
  $ cd .. && mkdir none && cd none && mkdir sql && echo 'SELECT 1;' >sql/V1__One.sql && slipway check --against main 2>&1 | sed 's/error: .* lies/error: ... lies/'
  error: ... lies in no Git repository
    hint: run it in a checkout, or leave out --against
