#require database

What can be wrong with a server, and how it is told.

  $ mkdir -p db/migrations; echo 'CREATE TABLE a ();' >db/migrations/V1__Create_a.sql

Nobody listens, the name is unknown, the database or the role is not there:

  $ slipway info --url postgresql://127.0.0.1:1/shop
  error: cannot connect to postgresql://127.0.0.1:1/shop: connection to server at "127.0.0.1", port 1 failed: Connection refused
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ slipway info --url postgresql://no-such-host.invalid/shop
  error: cannot connect to postgresql://no-such-host.invalid/shop: could not translate host name "no-such-host.invalid" to address: * (glob)
    hint: check that the server runs and that host and port in the url are right
  [3]
  $ slipway info --url "postgresql:///no_such_database?host=$DB_HOST&user=postgres"
  error: cannot connect to postgresql:///no_such_database?host=$DB_HOST&user=postgres: connection to server on socket "$DB_HOST/.s.PGSQL.5432" failed: FATAL:  database "no_such_database" does not exist
    hint: create the database or role, or correct the environment's url
  [3]
  $ slipway info --url "postgresql:///$DB_NAME?host=$DB_HOST&user=no_such_role"
  error: cannot connect to postgresql:///$DB_NAME?host=$DB_HOST&user=no_such_role: connection to server on socket "$DB_HOST/.s.PGSQL.5432" failed: FATAL:  role "no_such_role" does not exist
    hint: create the database or role, or correct the environment's url
  [3]

What answers is no PostgreSQL:

  $ perl -MIO::Socket::INET -e '
  >     my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die; print $s->sockport, "\n"; close STDOUT;
  >     while (my $c = $s->accept) { print $c "HTTP/1.1 400 Bad Request\r\n\r\n"; sysread $c, my $in, 100; close $c }' >port 2>/dev/null &
  $ until [ -s port ]; do sleep 0.05; done
  $ slipway info --url "postgresql://127.0.0.1:$(cat port)/shop?sslmode=disable"
  error: cannot connect to postgresql://127.0.0.1:*/shop?sslmode=disable: connection to server at "127.0.0.1", port * failed: expected authentication request from server, but received H (glob)
    hint: check host and port: what listens there does not speak PostgreSQL's protocol
  [3]
  $ kill $!

It only reads, or has no connection left for the role:

  $ slipway migrate --url "$DB_URL&options=-cdefault_transaction_read_only%3Don"
  error: postgresql:///$DB_NAME?host=$DB_HOST&user=postgres&options=-cdefault_transaction_read_only%3Don only reads: default_transaction_read_only is on
    hint: turn it off for this role or database, or give another url
  [3]
  $ sql "CREATE ROLE few_$DB_NAME LOGIN CONNECTION LIMIT 0"
  $ slipway info --url "${DB_URL/user=postgres/user=few_$DB_NAME}"
  error: cannot connect to postgresql:///$DB_NAME?host=$DB_HOST&user=few_$DB_NAME: connection to server on socket "$DB_HOST/.s.PGSQL.5432" failed: FATAL:  too many connections for role "few_$DB_NAME"
    hint: wait until a session ends, or raise max_connections or the role's limit
  [3]
  $ sql "DROP ROLE few_$DB_NAME"

A wrong password needs a server that asks for one; this one is made for the purpose:

  $ bin=${SLIPWAY_POSTGRES_BIN:-$(pg_config --bindir)}; [ "$(id -u)" != 0 ] || as='setpriv --reuid=postgres --regid=postgres --clear-groups'
  $ mkdir pg; [ -z "$as" ] || chown postgres pg; echo secret >pw; chmod 644 pw; chmod 755 .
  $ $as $bin/initdb -D pg/data -U ada -A scram-sha-256 --pwfile=pw -N >/dev/null
  $ $as $bin/pg_ctl -D pg/data -l pg/log -w -o "-c listen_addresses= -k $PWD/pg -c fsync=off" start >/dev/null
  $ slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada"
  error: cannot connect to postgresql:///postgres?host=$TMP/pg&user=ada: connection to server on socket "$TMP/pg/.s.PGSQL.5432" failed: fe_sendauth: no password supplied
    hint: check the user, and give the password by PGPASSWORD, a passfile (~/.pgpass) or a variable in the environment's url; it is never read from the command line
  [3]
  $ PGPASSWORD=wrong slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada"
  error: cannot connect to postgresql:///postgres?host=$TMP/pg&user=ada: connection to server on socket "$TMP/pg/.s.PGSQL.5432" failed: FATAL:  password authentication failed for user "ada"
    hint: check the user, and give the password by PGPASSWORD, a passfile (~/.pgpass) or a variable in the environment's url; it is never read from the command line
  [3]
  $ PGPASSWORD=secret slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada" | head -n 1
  Environment dev: database postgres, PostgreSQL * (glob)
  $ printf '*:*:*:ada:secret\n' >~/.pgpass; chmod 600 ~/.pgpass
  $ slipway migrate --url "postgresql:///postgres?host=$PWD/pg&user=ada" | tail -n 1
  Applied 1 migration to postgres (dev), now at version 1 (*) (glob)

A statement cancelled by an administrator, a session ended by one, and a server that goes away in the middle:

  $ echo 'CREATE TABLE b (); SELECT pg_sleep(20);' >db/migrations/V2__Slow.sql
  $ export PGPASSWORD=secret url="postgresql:///postgres?host=$PWD/pg&user=ada"
  $ meanwhile() { until [ "$(psql "$url" -XAtqc "$1" | head -n 1)" = t ]; do sleep 0.1; done; }
  $ asleep="FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep' AND state = 'active'"
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT pg_cancel_backend(pid) $asleep"; wait $!
  [3]
  $ cat out
    ✗ V2 Slow
  db/migrations/V2__Slow.sql:1:20: error: canceling statement due to user request (SQLSTATE 57014)
    | SELECT pg_sleep(20)
    nothing of V2 Slow was applied
    hint: somebody cancelled the statement (pg_cancel_backend, or the server as a standby): ask why, then run the command again
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT pg_terminate_backend(pid) $asleep"; wait $!
  [3]
  $ cat out
    ✗ V2 Slow
  db/migrations/V2__Slow.sql:1:20: error: *terminating connection due to administrator command* (glob)
    | SELECT pg_sleep(20)
    hint: see why the server* went away, then run the same command again: it goes on from what was committed (glob)
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT true $asleep"; $as $bin/pg_ctl -D pg/data -m immediate stop >/dev/null; wait $!
  [3]
  $ grep -v warning: out
    ✗ V2 Slow
  db/migrations/V2__Slow.sql:1:20: error: the connection to the server was lost while waiting for an answer: server closed the connection unexpectedly
    | SELECT pg_sleep(20)
    hint: see why the server or the network went away, then run the same command again: it goes on from what was committed
  $ $as $bin/pg_ctl -D pg/data -l pg/log -w -o "-c listen_addresses= -k $PWD/pg -c fsync=off" start >/dev/null
  $ echo 'CREATE TABLE b ();' >db/migrations/V2__Slow.sql
  $ slipway migrate --url "$url"
    ✓ V2 Slow (*) (glob)
  Applied 1 migration to postgres (dev), now at version 2 (*) (glob)
  $ $as $bin/pg_ctl -D pg/data -m immediate stop >/dev/null
