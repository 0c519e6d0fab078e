#!/bin/bash
# The PostgreSQL of one test run. start FOLDER: makes a server whose data lies in FOLDER and whose socket lies in a
# short path; writes FOLDER/url. stop FOLDER: ends it. A watcher ends it too when the test run that started it dies.
set -eu
action=$1 folder=$2
bin=${SLIPWAY_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1)}
[ -x "$bin/postgres" ] || { echo "no PostgreSQL server is installed; script/test installs it" >&2; exit 1; }
as_server() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; else "$@"; fi
}
stop() {
    [ -f "$folder/base" ] || return 0
    base=$(cat "$folder/base")
    if [ -d "$base/data" ]; then as_server "$bin/pg_ctl" -D "$base/data" -m immediate -w stop >/dev/null 2>&1 || true; fi
    rm -rf "$base" "$folder"
}
case $action in
start)
    stop
    # PostgreSQL will not run as root, nor enter a folder below somebody's private home: hence /tmp.
    base=$(mktemp -d /tmp/slipway-tests.XXXXXX)
    mkdir -p "$folder" && echo "$base" >"$folder/base"
    [ "$(id -u)" != 0 ] || chown postgres "$base"
    cd "$base"
    as_server "$bin/initdb" -D "$base/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$base.initdb" 2>&1 ||
        { cat "$base.initdb" >&2; exit 1; }
    rm -f "$base.initdb"
    cat >>"$base/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$base'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
max_prepared_transactions = 2
wal_level = logical
shared_buffers = 128MB
lc_messages = 'C'
log_line_prefix = '%m [%p] %a '
CONF
    as_server "$bin/pg_ctl" -D "$base/data" -l "$base/log" -w -t 30 start >/dev/null
    echo "host=$base port=5432 user=postgres dbname=postgres" >"$folder/url"
    run=$PPID
    # Another run may use the same folder later: the watcher minds this server and no other.
    setsid bash -c "
        ours() { [ \"\$(cat '$folder/base' 2>/dev/null)\" = '$base' ]; }
        while kill -0 $run 2>/dev/null && ours; do sleep 1; done
        ! ours || exec '$0' stop '$folder'" </dev/null >/dev/null 2>&1 &
    ;;
stop) stop ;;
*) echo "usage: server.sh start|stop FOLDER" >&2; exit 2 ;;
esac
