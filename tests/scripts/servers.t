#require database

What can be wrong with a server, and how it is told.

  $ mkdir -p db/migrations; echo 'CREATE TABLE a ();' >db/migrations/V1__Create_a.sql

Nobody listens, the name is unknown, the database or the role is not there:

  $ slipway info --url postgresql://localhost:1/shop
  $ slipway info --url postgresql://no-such-host.invalid/shop
  $ slipway info --url "postgresql:///no_such_database?host=$DB_HOST&user=postgres"
  $ slipway info --url "postgresql:///$DB_NAME?host=$DB_HOST&user=no_such_role"
  $ slipway info --url "postgresql://localhost:notaport/shop"

What answers is no PostgreSQL:

  $ perl -MIO::Socket::INET -e '
  >     my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die; print $s->sockport, "\n"; close STDOUT;
  >     while (my $c = $s->accept) { print $c "HTTP/1.1 400 Bad Request\r\n\r\n"; sysread $c, my $in, 100; close $c }' >port 2>/dev/null &
  $ until [ -s port ]; do sleep 0.05; done
  $ slipway info --url "postgresql://127.0.0.1:$(cat port)/shop?sslmode=disable"
  $ kill $!

It only reads, or has no connection left for the role:

  $ slipway migrate --url "$DB_URL&options=-cdefault_transaction_read_only%3Don"
  $ sql "CREATE ROLE few_$DB_NAME LOGIN CONNECTION LIMIT 0"
  $ slipway info --url "${DB_URL/user=postgres/user=few_$DB_NAME}"
  $ sql "DROP ROLE few_$DB_NAME"

A wrong password needs a server that asks for one; this one is made for the purpose:

  $ bin=$(pg_config --bindir); [ "$(id -u)" != 0 ] || as='setpriv --reuid=postgres --regid=postgres --clear-groups'
  $ mkdir pg; [ -z "$as" ] || chown postgres pg; echo secret >pw; chmod 644 pw; chmod 755 .
  $ $as $bin/initdb -D pg/data -U ada -A scram-sha-256 --pwfile=pw -N >/dev/null
  $ $as $bin/pg_ctl -D pg/data -l pg/log -w -o "-c listen_addresses= -k $PWD/pg -c fsync=off" start >/dev/null
  $ slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada"
  $ PGPASSWORD=wrong slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada"
  $ PGPASSWORD=secret slipway info --url "postgresql:///postgres?host=$PWD/pg&user=ada" | head -n 1
  $ printf '*:*:*:ada:secret\n' >~/.pgpass; chmod 600 ~/.pgpass
  $ slipway migrate --url "postgresql:///postgres?host=$PWD/pg&user=ada" | tail -n 1

A statement cancelled by an administrator, a session ended by one, and a server that goes away in the middle:

  $ echo 'CREATE TABLE b (); SELECT pg_sleep(20);' >db/migrations/V2__Slow.sql
  $ export PGPASSWORD=secret url="postgresql:///postgres?host=$PWD/pg&user=ada"
  $ meanwhile() { until [ "$(psql "$url" -XAtqc "$1" | head -n 1)" = t ]; do sleep 0.1; done; }
  $ asleep="FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep' AND state = 'active'"
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT pg_cancel_backend(pid) $asleep"; wait $!
  $ cat out
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT pg_terminate_backend(pid) $asleep"; wait $!
  $ cat out
  $ slipway migrate --url "$url" >out 2>&1 & meanwhile "SELECT true $asleep"; $as $bin/pg_ctl -D pg/data -m immediate stop >/dev/null; wait $!
  $ cat out
  $ $as $bin/pg_ctl -D pg/data -l pg/log -w -o "-c listen_addresses= -k $PWD/pg -c fsync=off" start >/dev/null
  $ echo 'CREATE TABLE b ();' >db/migrations/V2__Slow.sql
  $ slipway migrate --url "$url"
  $ $as $bin/pg_ctl -D pg/data -m immediate stop >/dev/null
