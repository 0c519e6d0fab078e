What action.yml runs, with a curl that writes down what it is asked for and answers from a file.

  $ mkdir -p bin shop/db/migrations
  $ cat >bin/curl <<'SH'
  > #!/bin/bash
  > body=$(cat)
  > printf '%s %s\n' "$3" "${@: -1}" >>asked
  > [ "$3" = GET ] || jq -r .body <<<"$body" >posted
  > [ ! -e refuse ] || [ "$3" != "$(cat refuse)" ] || exit 22
  > url=${@: -1}
  > case $url in *'&page='*) cat "page${url##*=}" ;; *) echo '[]' ;; esac
  > SH
  $ chmod +x bin/curl; export PATH=$PWD/bin:$PATH
  $ echo 'CREATE TABLE a (id int);' >shop/db/migrations/V1__A.sql
  $ echo 'ALTER TABLE a ADD COLUMN id int;' >shop/db/migrations/V2__B.sql
  $ export GITHUB_API_URL=https://api GITHUB_REPOSITORY=me/it GITHUB_EVENT_PATH=event SLIPWAY_TOKEN=t SLIPWAY_PROJECT=shop
  $ export GITHUB_OUTPUT=output GITHUB_STEP_SUMMARY=summary SLIPWAY_ARGUMENTS='--since 1 --server-version 15' SLIPWAY_SARIF=x.sarif
  $ action() { rm -f asked posted output; "$EXAMPLES/../script/github-action"; }

The first run posts a comment, annotates, and fails as check does:

  $ echo '{"pull_request": {"number": 7}}' >event; echo '[]' >page1
  $ action
  shop/db/migrations/V2__B.sql
     1  ALTER TABLE a ADD COLUMN id int
        error: column id of public.a exists already [duplicate-object]
         --> shop/db/migrations/V2__B.sql:1:26
          1 | ALTER TABLE a ADD COLUMN id int;
            |                          ^
          hint: give it another name, or drop the old one first
  
  FAIL: 1 error, 1 note on PostgreSQL 15; --notes shows the notes.
  ::notice file=shop/db/migrations/V2__B.sql,title=Slipway%3A undo-missing::there is no undo script, and nothing says why%0Ahint: write one, or declare irreversible = "reason" in the .slipway.toml beside it
  ::error file=shop/db/migrations/V2__B.sql,line=1,col=26,title=Slipway%3A duplicate-object::column id of public.a exists already%0Ahint: give it another name, or drop the old one first
  [1]
  $ cat asked output; head -n 2 posted; tail -n 1 posted
  GET https://api/repos/me/it/issues/7/comments?per_page=100&page=1
  POST https://api/repos/me/it/issues/7/comments
  verdict=fail
  <!-- slipway:94beeed565aa35980dbad44c6a8e6b1b47f4a8c0d0cd63f9a44bacf5bfb567cb -->
  ### ✗ FAIL: 1 error, 1 note on PostgreSQL 15.
  <!-- project shop -->
  $ grep -c 'V2__B' summary x.sarif
  summary:1
  x.sarif:2

The next one finds it, among those of others and of other projects, also on a later page, and updates it:

  $ jq -n '[{id: 1, body: "hello"}, {id: 2, body: "<!-- slipway:0 -->\nx\n<!-- project . -->"}, {id: 3, body: "<!-- slipway:0 -->\nx\n<!-- project shop -->"}]' >page1
  $ action >/dev/null
  [1]
  $ cat asked
  GET https://api/repos/me/it/issues/7/comments?per_page=100&page=1
  PATCH https://api/repos/me/it/issues/comments/3
  $ mv page1 page2; jq -n '[range(100) | {id: ., body: "hello"}]' >page1
  $ action >/dev/null
  [1]
  $ cat asked
  GET https://api/repos/me/it/issues/7/comments?per_page=100&page=1
  GET https://api/repos/me/it/issues/7/comments?per_page=100&page=2
  PATCH https://api/repos/me/it/issues/comments/3

Where the comments cannot be read or written there is a warning, and never a second comment:

  $ echo GET >refuse; action | tail -n 1; cat asked
  ::warning title=Slipway::the comment could not be posted: the job needs curl, jq and the permission pull-requests: write
  GET https://api/repos/me/it/issues/7/comments?per_page=100&page=1
  $ echo PATCH >refuse; action | tail -n 1
  ::warning title=Slipway::the comment could not be posted: the job needs curl, jq and the permission pull-requests: write
  $ rm refuse

Without a pull request there is no comment:

  $ echo '{}' >event; action >/dev/null
  [1]
  $ cat asked
  cat: asked: No such file or directory
  [1]

Nor is there one when it is not wanted; a release that passes is one:

  $ echo '{"pull_request": {"number": 7}}' >event; echo 'ALTER TABLE a ADD COLUMN b int;' >shop/db/migrations/V2__B.sql
  $ SLIPWAY_COMMENT=false action; ls asked; cat output
  shop/db/migrations/V2__B.sql
     1  ALTER TABLE a ADD COLUMN b int
          ACCESS EXCLUSIVE on public.a: blocks reads and writes
  
  PASS: 1 statement can run on PostgreSQL 15; 2 notes; --notes shows the notes.
  ::notice file=shop/db/migrations/V2__B.sql,title=Slipway%3A undo-missing::there is no undo script, and nothing says why%0Ahint: write one, or declare irreversible = "reason" in the .slipway.toml beside it
  ::notice file=shop/db/migrations/V2__B.sql,line=1,col=26,title=Slipway%3A cached-plan::prepared SELECT * on public.a fails once in each connection: "cached plan must not change result type"%0Ahint: name the columns in prepared statements, or let the pool reconnect
  ls: cannot access 'asked': No such file or directory
  verdict=pass

What keeps check from judging ends the step with its exit code:

  $ SLIPWAY_ARGUMENTS='--since 9' action
  error: no migration here is named '9'
    hint: did you mean '1'?
  ::error title=Slipway::slipway check ended with exit code 2; the log says why
  [2]
