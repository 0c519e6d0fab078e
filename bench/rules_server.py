"""What a migration does to a real server: its locks, scans, rewrites, errors, losses, and the clients that it breaks.

libpq is used through ctypes, so that nothing needs to be installed beside PostgreSQL and Python.
"""
import ctypes
import ctypes.util
import re
import threading
import time

STRONG = ("ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock")

_pq = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
for _name, _returns in (("PQconnectdb", ctypes.c_void_p), ("PQexec", ctypes.c_void_p), ("PQgetvalue", ctypes.c_char_p),
                        ("PQresultErrorField", ctypes.c_char_p), ("PQerrorMessage", ctypes.c_char_p)):
    getattr(_pq, _name).restype = _returns


class Failed(Exception):
    def __init__(self, state, message):
        super().__init__(message)
        self.state = state


class Connection:
    def __init__(self, url):
        self.handle = ctypes.c_void_p(_pq.PQconnectdb(url.encode()))
        if _pq.PQstatus(self.handle) != 0:
            raise Failed("08006", _pq.PQerrorMessage(self.handle).decode())
        self.run("SET client_min_messages = error")
        self.pid = self.rows("SELECT pg_backend_pid()")[0][0]

    def run(self, sql):
        """Rows as lists of text; Failed when the server refuses."""
        result = ctypes.c_void_p(_pq.PQexec(self.handle, sql.encode()))
        try:
            if _pq.PQresultStatus(result) not in (0, 1, 2):
                field = lambda code: (_pq.PQresultErrorField(result, ord(code)) or b"").decode()
                raise Failed(field("C"), field("M"))
            return [[_pq.PQgetvalue(result, row, column).decode() for column in range(_pq.PQnfields(result))]
                    for row in range(_pq.PQntuples(result))]
        finally:
            _pq.PQclear(result)

    rows = run

    def in_transaction(self):
        return _pq.PQtransactionStatus(self.handle) != 0

    def close(self):
        _pq.PQfinish(self.handle)


def statements(sql):
    """The statements of a script; knows quotes, dollar quotes and comments, but no BEGIN ATOMIC."""
    token = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"|\$(\w*)\$.*?\$\1\$|;", re.S)
    found, begin = [], 0
    for match in token.finditer(sql):
        if match.group() == ";":
            found.append(sql[begin:match.start()])
            begin = match.end()
    found.append(sql[begin:])
    bare = [re.sub(r"\A(?:\s+|--[^\n]*\n?|/\*.*?\*/)*", "", each, flags=re.S).strip() for each in found]
    return [each for each in bare if each]


class Base:
    """What there was before the migration ran."""

    def __init__(self, connection):
        self.relations = {row[0]: row[1:] for row in connection.rows(
            "SELECT oid, oid::regclass, relkind, coalesce(pg_relation_filenode(oid), 0) FROM pg_class"
            " WHERE oid >= 16384 AND relkind IN ('r', 'p', 'm', 'i', 'I')")}
        self.counts = {row[0]: int(row[1]) for row in connection.rows(
            "SELECT c.oid, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %s', c.oid::regclass),"
            " false, true, '')))[1]::text::bigint FROM pg_class AS c WHERE oid >= 16384 AND relkind IN ('r', 'm')")}
        self.columns = {(row[0], row[1]) for row in connection.rows(
            "SELECT attrelid, attnum FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped")
            if self.counts.get(row[0])}

    def name(self, oid):
        return self.relations[oid][0]


class Seen:
    """The kinds of danger that were seen, each with words."""

    def __init__(self):
        self.kinds = {}

    def add(self, kind, words):
        self.kinds.setdefault(kind, [])
        if words not in self.kinds[kind]:
            self.kinds[kind].append(words)

    def dangers(self):
        return {kind for kind in self.kinds if kind != "lock"}

    def __str__(self):
        parts = [f"{kind}: {', '.join(words[:2])}" for kind, words in self.kinds.items() if kind != "lock" or len(self.kinds) == 1]
        return "; ".join(parts) or "nothing"


class Watch:
    """One run of a migration."""

    def __init__(self, url, base, text):
        self.url, self.base, self.text, self.seen = url, base, text, Seen()
        self.session, self.watcher = Connection(url), Connection(url)
        self.exclusive = []  # relations in the order in which statements of the transaction locked them
        self.work = {}

    def close(self):
        self.session.close()
        self.watcher.close()

    def strong_locks(self):
        modes = ", ".join(f"'{mode}'" for mode in STRONG)
        return {row[0]: row[1] for row in self.watcher.rows(
            f"SELECT relation, mode FROM pg_locks WHERE pid = {self.session.pid} AND relation >= 16384 AND granted AND mode IN ({modes})"
            f" ORDER BY array_position(ARRAY[{modes}], mode)") if row[0] in self.base.relations}

    def filenodes(self, connection):
        return {row[0]: row[1] for row in connection.rows(
            "SELECT oid, coalesce(pg_relation_filenode(oid), 0) FROM pg_class WHERE oid >= 16384")}

    def counted(self):
        return {row[0]: (int(row[1]), int(row[2])) for row in self.session.rows(
            "SELECT relid, seq_tup_read, n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")}

    def after(self, before_nodes):
        """Looks at what the statement that just ran did, in its open transaction."""
        locks = self.strong_locks()
        # Nobody writes to a materialized view: only a lock against its readers is felt.
        tables = {oid: mode for oid, mode in locks.items()
                  if self.base.relations[oid][1] in "rp" or (self.base.relations[oid][1] == "m" and mode == "AccessExclusiveLock")}
        for oid, mode in tables.items():
            self.seen.add("lock", f"{mode} on {self.base.name(oid)}")
        fresh = [oid for oid, mode in tables.items() if mode == "AccessExclusiveLock" and oid not in self.exclusive]
        if fresh and self.exclusive:
            self.seen.add("deadlock", f"{self.base.name(self.exclusive[0])}, then {self.base.name(fresh[0])}")
        self.exclusive += fresh
        nodes = self.filenodes(self.session)
        for oid, (name, kind, _) in self.base.relations.items():
            if oid in nodes and nodes[oid] != before_nodes.get(oid, nodes[oid]):
                self.seen.add("rewrite", name)
        for oid, (read, written) in self.counted().items():
            # What former transactions did is counted, too, until it is flushed: only the difference is this statement's.
            was_read, was_written = self.work.get(oid, (0, 0))
            count = self.base.counts.get(oid, 0)
            if not count:
                continue
            if read - was_read >= count / 2 and tables:
                self.seen.add("scan", f"{self.base.name(oid)} under {max(tables.values(), key=STRONG.index)}")
            if written - was_written >= count / 2:
                self.seen.add("write", self.base.name(oid))
            self.work[oid] = (read, written)

    def alone(self, sql):
        """A statement that runs outside of a transaction: watched from another session while it lasts."""
        before = self.filenodes(self.watcher)
        failure = []

        def work():
            try:
                self.session.run(sql)
            except Failed as error:
                failure.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        while thread.is_alive():
            for oid, mode in self.strong_locks().items():
                if self.base.relations[oid][1] in "rpm":
                    self.seen.add("lock", f"{mode} on {self.base.name(oid)}")
            time.sleep(0.0005)
        thread.join()
        if failure:
            raise failure[0]
        nodes = self.filenodes(self.watcher)
        if "lock" in self.seen.kinds and not re.search("concurrently", sql, re.I):
            for oid, node in nodes.items():
                if oid in self.base.relations and node != before.get(oid, node):
                    self.seen.add("rewrite", self.base.name(oid))

    def timeouts(self):
        lock, statement = (int(row[0]) for row in self.session.rows(
            "SELECT setting FROM pg_settings WHERE name IN ('lock_timeout', 'statement_timeout') ORDER BY name"))
        return lock, statement

    def run(self, one_transaction):
        """False when a statement cannot run in a transaction although the file does not ask for one."""
        script = statements(self.text)
        explicit = any(re.match(r"BEGIN\b", each, re.I) for each in script)
        if one_transaction and not explicit:
            self.session.run("BEGIN")
            self.work = self.counted()
        try:
            for sql in script:
                if re.match(r"(BEGIN|COMMIT|ROLLBACK)\b", sql, re.I):
                    self.session.run(sql)
                    self.exclusive, self.work = [], self.counted()
                    continue
                lock, statement = self.timeouts()
                own = not self.session.in_transaction()
                if own:
                    self.session.run("BEGIN")
                    self.exclusive, self.work = [], self.counted()
                nodes = self.filenodes(self.session)
                try:
                    self.session.run(sql)
                except Failed as error:
                    if own and error.state == "25001":  # cannot run inside a transaction block
                        self.session.run("ROLLBACK")
                        if lock or statement:
                            self.under_timeout(sql, max(lock, statement))
                        else:
                            self.alone(sql)
                        continue
                    if error.state == "25001" and not explicit:
                        return False
                    raise
                self.after(nodes)
                if "lock_timeout" in self.text and not re.match("SET|RESET|SELECT set_config", sql, re.I) and lock == 0 and self.exclusive:
                    self.seen.add("timeout", "lock_timeout is 0 at the statement")
                if own:
                    self.session.run("COMMIT")
            if self.session.in_transaction():
                if one_transaction and not explicit:
                    self.session.run("COMMIT")
                else:
                    self.seen.add("fails", "a transaction is left open")
                    self.session.run("ROLLBACK")
        except Failed as error:
            self.seen.add("fails", str(error))
            if self.session.in_transaction():
                self.session.run("ROLLBACK")
        return True

    def under_timeout(self, sql, milliseconds):
        """With a snapshot of another session that is older than the build and outlives the timeout."""
        holder = Connection(self.url)
        holder.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
        holder.run("SELECT count(*) FROM articles")
        try:
            self.alone(sql)
        except Failed as error:
            invalid = self.watcher.rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid AND indexrelid >= 16384")
            self.seen.add("timeout", f"{error}; invalid: {', '.join(row[0] for row in invalid)}")
        finally:
            holder.close()


def losses(connection, base, seen):
    alive = {row[0] for row in connection.rows("SELECT oid FROM pg_class WHERE oid >= 16384")}
    columns = {(row[0], row[1]) for row in connection.rows(
        "SELECT attrelid, attnum FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped")}
    for oid, count in base.counts.items():
        if not count or base.relations[oid][1] != "r":
            continue
        if oid not in alive:
            seen.add("loss", f"table {base.name(oid)}")
        elif any((oid, number) not in columns for owner, number in base.columns if owner == oid):
            seen.add("loss", f"a column of {base.name(oid)}")
        elif connection.rows(f"SELECT NOT EXISTS (SELECT FROM {oid_name(connection, oid)})")[0][0] == "t":
            seen.add("loss", f"the rows of {base.name(oid)}")
    for child, parent, ours, theirs in connection.rows(
            "SELECT conrelid::regclass, confrelid::regclass, a.attname, b.attname FROM pg_constraint"
            " JOIN pg_attribute AS a ON (a.attrelid, a.attnum) = (conrelid, conkey[1])"
            " JOIN pg_attribute AS b ON (b.attrelid, b.attnum) = (confrelid, confkey[1]) WHERE contype = 'f' AND convalidated"):
        if connection.rows(f"SELECT EXISTS (SELECT FROM {child} WHERE {child}.\"{ours}\" IS NOT NULL AND NOT EXISTS (SELECT FROM {parent} WHERE {parent}.\"{theirs}\" = {child}.\"{ours}\"))")[0][0] == "t":
            seen.add("loss", f"rows of {child} without {parent}")


def oid_name(connection, oid):
    return connection.rows(f"SELECT {oid}::regclass")[0][0]


def probes(text):
    """The statements of clients.sql: (SQL, whether it is to be refused)."""
    refused = re.sub(r"^-- refused\n", "/*refused*/ ", text, flags=re.M)
    return [(sql, "/*refused*/" in before) for before, sql in
            ((match.group(1) or "", match.group(2)) for match in re.finditer(r"^(/\*refused\*/ )?([A-Z][^;]*);", refused, re.M))]


def broken(connection, clients, seen):
    for sql, refused in clients:
        connection.run("BEGIN")
        connection.run("SET LOCAL ROLE app")
        try:
            connection.run(sql)
            if refused:
                seen.add("breaks-clients", f"accepted: {sql}")
        except Failed as error:
            if not refused:
                seen.add("breaks-clients", str(error))
        connection.run("ROLLBACK")
