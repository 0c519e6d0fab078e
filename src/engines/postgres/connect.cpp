#include "engines/postgres/connect.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <thread>

#include "base/interrupt.h"
#include "base/text.h"
#include "engines/postgres/libpq.h"

namespace slipway::postgres {

namespace {

constexpr int oldestServer = 130000;
constexpr int tick = 200;  // ms between two calls of the wait listener

std::string field(const PGresult* result, int code) {
    const char* text = libpq().PQresultErrorField(result, code);
    return text ? text : "";
}

/// libpq's own message in one line, without the questions that it asks on indented lines.
std::string clean(const char* message) {
    std::string text;
    for (const std::string& line : split(message ? message : "", '\n'))
        if (!line.starts_with('\t') && !trim(line).empty()) text += (text.empty() ? "" : "; ") + std::string(trim(line));
    return text;
}

Error refusal(PGconn* connection, const std::string& where) {
    const std::string said = clean(libpq().PQerrorMessage(connection));
    auto holds = [&](std::string_view words) { return said.find(words) != std::string::npos; };
    auto error = [&](const char* code, const char* hint) {
        return Error(code, Exit::outside, fmt::format("cannot connect to {}: {}", where, said), hint);
    };
    // Before a session stands libpq hands out no SQLSTATE, only the server's words; the servers that Slipway starts
    // speak English, others may not and then get the general hint.
    if (holds("password authentication failed") || holds("no password supplied") || holds("authentication failed"))
        return error("authentication-failed",
                     "check the user, and give the password by PGPASSWORD, a passfile (~/.pgpass) or a variable in the "
                     "environment's url; it is never read from the command line");
    if (holds("too many clients") || holds("remaining connection slots") || holds("too many connections"))
        return error("too-many-connections", "wait until a session ends, or raise max_connections or the role's limit");
    if (holds("does not exist"))
        return error("database-missing", "create the database or role, or correct the environment's url");
    if (holds("received invalid response") || holds("unexpected response") || holds("expected authentication request") ||
        holds("invalid length of"))
        return error("not-postgres", "check host and port: what listens there does not speak PostgreSQL's protocol");
    return error("server-unreachable", "check that the server runs and that host and port in the url are right");
}

}  // namespace

Connection::Connection(pg_conn* connection) : connection_(connection), waitsFor_(POLLOUT) {}

Connection::~Connection() {
    if (connection_) libpq().PQfinish(connection_);
}

std::unique_ptr<Connection> Connection::open(const Target& target, const std::string& application, int retries) {
    for (;; retries--) {
        auto connection = begin(target, application);
        try {
            connection->complete();
            return connection;
        } catch (const Error& error) {
            const bool hopeless = error.code == "authentication-failed" || error.code == "not-postgres" || error.code == "server-too-old";
            if (retries <= 0 || hopeless || error.exit == Exit::interrupted) throw;
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

std::unique_ptr<Connection> Connection::begin(const Target& target, const std::string& application) {
    const Libpq& pq = libpq();
    const Target resolved = targetFromUrl(target.url);
    const std::string user = target.user.empty() ? resolved.user : target.user;
    const std::string password = target.password.empty() ? resolved.password : target.password;
    std::vector<const char*> keys;
    std::vector<const char*> values;
    auto give = [&](const char* key, const std::string& value) {
        if (value.empty()) return;
        keys.push_back(key);
        values.push_back(value.c_str());
    };
    // Defaults stand before the URL, which may override them; what was asked for explicitly stands behind it.
    const std::string on = "1", idle = "30", interval = "10", probes = "3", timeout = "10", utf8 = "UTF8";
    give("keepalives", on);
    give("keepalives_idle", idle);
    give("keepalives_interval", interval);
    give("keepalives_count", probes);
    if (!std::getenv("PGCONNECT_TIMEOUT")) give("connect_timeout", timeout);
    give("dbname", resolved.url);
    give("user", user);
    give("password", password);
    give("client_encoding", utf8);
    give("application_name", application);
    // A database of one's own choice is a second dbname, and only the first is expanded as a connection string.
    if (!target.database.empty()) give("dbname", target.database);
    keys.push_back(nullptr);
    values.push_back(nullptr);

    std::unique_ptr<Connection> connection(new Connection(pq.PQconnectStartParams(keys.data(), values.data(), 1)));
    if (!connection->connection_) throw std::bad_alloc();
    connection->where_ = shownUrl(resolved.url.empty() ? "the default server" : resolved.url);
    while (connection->waitsFor_ == POLLOUT && connection->advance(Milliseconds(0))) {
    }
    return connection;
}

/// One step of connecting, when the socket is ready within `patience`; false when it was not, or when all is said.
bool Connection::advance(Milliseconds patience) {
    const Libpq& pq = libpq();
    if (waitsFor_ == 0 || pq.PQstatus(connection_) == CONNECTION_BAD) return false;
    pollfd wait{pq.PQsocket(connection_), waitsFor_, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    const PostgresPollingStatusType state = pq.PQconnectPoll(connection_);
    waitsFor_ = state == PGRES_POLLING_READING ? POLLIN : state == PGRES_POLLING_WRITING ? POLLOUT : 0;
    return waitsFor_ != 0;
}

void Connection::complete() {
    const Libpq& pq = libpq();
    for (Stopwatch since; waitsFor_ != 0 && pq.PQstatus(connection_) != CONNECTION_BAD && since.elapsed() < std::chrono::seconds(30);) {
        advance(Milliseconds(tick));
        checkInterrupted();
    }
    if (pq.PQstatus(connection_) != CONNECTION_OK) throw refusal(connection_, where_);
    if (pq.PQserverVersion(connection_) < oldestServer)
        throw Error("server-too-old", Exit::outside, fmt::format("{} is {}; Slipway needs PostgreSQL 13 or later", where_, serverName()),
                    "upgrade the server, or stay with the tool that you use for it");
    pq.PQsetnonblocking(connection_, 1);
    pq.PQsetNoticeReceiver(
        connection_,
        [](void* self, const PGresult* result) {
            const auto& listener = static_cast<Connection*>(self)->notice_;
            if (!listener) return;
            const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
            listener({severity.empty() ? field(result, PG_DIAG_SEVERITY) : severity, field(result, PG_DIAG_SQLSTATE),
                      field(result, PG_DIAG_MESSAGE_PRIMARY)});
        },
        this);
}

void Connection::lost(const char* doing, std::string said) {
    if (said.empty()) said = clean(libpq().PQerrorMessage(connection_));
    Error error("connection-lost", Exit::outside,
                fmt::format("the connection to the server was lost while {}: {}", doing, said),
                "see why the server or the network went away, then run the same command again: it goes on from what "
                "was committed");
    error.connectionLost = true;
    throw error;
}

void Connection::cancel() {
    const Libpq& pq = libpq();
    PGcancel* handle = pq.PQgetCancel(connection_);
    if (!handle) return;
    char problem[256];
    pq.PQcancel(handle, problem, sizeof problem);
    pq.PQfreeCancel(handle);
}

void Connection::waitReadable(const Milliseconds& since) {
    const Libpq& pq = libpq();
    pollfd wait{pq.PQsocket(connection_), POLLIN, 0};
    const int ready = ::poll(&wait, 1, tick);
    if (ready < 0 && errno != EINTR) lost("waiting for an answer");
    if (interrupted() && !cancelled_) {
        // The answer to a cancelled statement must still be read, so that the session stays usable.
        cancel();
        cancelled_ = true;
    }
    if (ready == 0 && wait_ && !interrupted()) wait_(since);
    if (ready > 0) pq.PQconsumeInput(connection_);  // a lost connection shows in its status; first the server's last words
}

Result Connection::take(pg_result* raw) {
    const Libpq& pq = libpq();
    Result result;
    result.tag = pq.PQcmdStatus(raw);
    const std::string_view affected = pq.PQcmdTuples(raw);
    if (!affected.empty()) std::from_chars(affected.data(), affected.data() + affected.size(), result.affected);
    const int columns = pq.PQnfields(raw);
    const int rows = pq.PQntuples(raw);
    for (int c = 0; c < columns; c++) result.columns.emplace_back(pq.PQfname(raw, c));
    result.rows.resize(static_cast<size_t>(rows));
    for (int r = 0; r < rows; r++) {
        auto& row = result.rows[static_cast<size_t>(r)];
        row.reserve(static_cast<size_t>(columns));
        for (int c = 0; c < columns; c++) {
            if (pq.PQgetisnull(raw, r, c))
                row.emplace_back(std::nullopt);
            else
                row.emplace_back(std::string(pq.PQgetvalue(raw, r, c), static_cast<size_t>(pq.PQgetlength(raw, r, c))));
        }
    }
    return result;
}

namespace {

/// Whether the cause lies outside the script: resources (class 53), an operator (57), the system (58), an internal error
/// (XX) or a server that only reads (manual, appendix A). A statement_timeout is a limit that the statement itself broke.
bool liesOutside(std::string_view state, std::string_view message) {
    if (state == "57014") return message.find("timeout") == std::string_view::npos;
    return state.starts_with("53") || state.starts_with("57") || state.starts_with("58") || state.starts_with("XX") || state == "25006";
}

const char* hintFor(std::string_view state, bool outside) {
    if (state == "57014" && outside)
        return "somebody cancelled the statement (pg_cancel_backend, or the server as a standby): ask why, then run the command again";
    if (state == "57014") return "make the statement do less at a time, or raise statement_timeout of the environment";
    if (state == "53100") return "free space on the server's disk, then run the command again";
    if (state == "25006") return "the server only reads: it is a standby, or default_transaction_read_only is on; give the url of the primary";
    if (outside) return "see the server's log for the cause, put it right, and run the command again";
    return "correct the statement and run the command again";
}

Error sqlError(const PGresult* result) {
    const std::string state = field(result, PG_DIAG_SQLSTATE);
    std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = clean(libpq().PQresultErrorMessage(result));
    const bool outside = liesOutside(state, message);
    std::string hint = field(result, PG_DIAG_MESSAGE_HINT);
    if (hint.empty() || state == "53100") hint = hintFor(state, outside);
    Error error("sql", outside ? Exit::outside : Exit::no, message, hint);
    error.sqlstate = state;
    error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    if (const std::string context = field(result, PG_DIAG_CONTEXT); !context.empty())
        error.detail += (error.detail.empty() ? "" : "\n") + context;
    const std::string at = field(result, PG_DIAG_STATEMENT_POSITION);  // counts characters from 1
    std::from_chars(at.data(), at.data() + at.size(), error.column);
    return error;
}

}  // namespace

void Connection::drain() {
    const Libpq& pq = libpq();
    while (PGresult* rest = pq.PQgetResult(connection_)) pq.PQclear(rest);
}

Result Connection::await() {
    const Libpq& pq = libpq();
    Stopwatch since;
    cancelled_ = interrupted();  // what is sent after an interrupt is the cleaning up, and has to be left alone
    for (int left = 1; left != 0;) {
        left = pq.PQflush(connection_);
        if (left < 0) lost("sending a statement");
        if (left == 0) break;
        pollfd wait{pq.PQsocket(connection_), POLLIN | POLLOUT, 0};
        ::poll(&wait, 1, tick);
        if ((wait.revents & POLLIN) && !pq.PQconsumeInput(connection_)) lost("sending a statement");
    }
    Result last;
    std::optional<Error> problem;
    std::string said;  // why the connection ended, before libpq adds that it has none
    for (;;) {
        while (pq.PQstatus(connection_) != CONNECTION_BAD && pq.PQisBusy(connection_)) waitReadable(since.elapsed());
        if (said.empty() && pq.PQstatus(connection_) == CONNECTION_BAD) said = clean(pq.PQerrorMessage(connection_));
        PGresult* raw = pq.PQgetResult(connection_);
        if (!raw) break;
        struct Clear {
            PGresult* raw;
            ~Clear() { libpq().PQclear(raw); }
        } clear{raw};
        switch (pq.PQresultStatus(raw)) {
            case PGRES_COMMAND_OK:
            case PGRES_TUPLES_OK:
            case PGRES_EMPTY_QUERY: last = take(raw); break;
            case PGRES_COPY_IN: return last;  // copyIn() goes on from here
            case PGRES_COPY_OUT:
            case PGRES_COPY_BOTH:
                // A migration's output goes nowhere. What is on its way has to be read, so that the session stays usable.
                problem = Error("sql", Exit::no, "COPY ... TO stdout has nowhere to write in a migration",
                                "copy to a file of the server, or leave the statement out");
                cancel();
                for (char* row = nullptr; pq.PQgetCopyData(connection_, &row, 0) > 0;) pq.PQfreemem(row);
                break;
            default:
                if (!problem || field(raw, PG_DIAG_SEVERITY_NONLOCALIZED) == "FATAL") problem = sqlError(raw);
        }
    }
    if (pq.PQstatus(connection_) == CONNECTION_BAD) {
        if (!problem || problem->sqlstate.empty()) lost("waiting for an answer", said);
        // An administrator ended the session, the server shuts down (57P01 to 57P03) ...: its last words help.
        Error error("connection-lost", Exit::outside, fmt::format("the server ended the connection: {}", problem->message),
                    "see why the server went away, then run the same command again: it goes on from what was committed");
        error.connectionLost = true;
        error.sqlstate = problem->sqlstate;
        throw error;
    }
    if (problem) {
        if (interrupted() && problem->sqlstate == "57014") checkInterrupted();  // it was our own cancel
        throw *problem;
    }
    return last;
}

Result Connection::run(std::string_view sql) {
    if (!libpq().PQsendQuery(connection_, std::string(sql).c_str())) lost("sending a statement");
    return await();
}

Result Connection::query(std::string_view sql, const std::vector<Value>& parameters) {
    std::vector<const char*> values;
    values.reserve(parameters.size());
    for (const Value& value : parameters) values.push_back(value ? value->c_str() : nullptr);
    if (!libpq().PQsendQueryParams(connection_, std::string(sql).c_str(), static_cast<int>(values.size()), nullptr,
                                   values.data(), nullptr, nullptr, 0))
        lost("sending a query");
    return await();
}

Result Connection::copyIn(std::string_view sql, std::string_view data) {
    const Libpq& pq = libpq();
    if (!pq.PQsendQuery(connection_, std::string(sql).c_str())) lost("sending a COPY");
    Result started = await();
    if (pq.PQtransactionStatus(connection_) != PQTRANS_ACTIVE) return started;  // it was no COPY after all
    constexpr size_t pieceSize = 1 << 16;
    bool stopped = false;
    for (size_t at = 0; at < data.size() && !stopped;) {
        const std::string_view piece = data.substr(at, pieceSize);
        const int sent = pq.PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size()));
        if (sent < 0) break;  // the server has refused: its reason comes with the result below
        if (sent == 1) at += piece.size();
        stopped = interrupted();
        if (sent == 0 || pq.PQflush(connection_) == 1) {
            pollfd wait{pq.PQsocket(connection_), POLLIN | POLLOUT, 0};
            ::poll(&wait, 1, tick);
            // Reading here notices an error of the server early and keeps both sides from waiting for each other.
            if ((wait.revents & POLLIN) && !pq.PQconsumeInput(connection_)) lost("sending the data of a COPY");
        }
    }
    pq.PQputCopyEnd(connection_, stopped ? "stopped as asked" : nullptr);
    return await();
}

Value Connection::value(std::string_view sql, const std::vector<Value>& parameters) {
    const Result result = query(sql, parameters);
    return result.empty() ? std::nullopt : result.rows[0][0];
}

Transaction Connection::transaction() const {
    switch (libpq().PQtransactionStatus(connection_)) {
        case PQTRANS_IDLE: return Transaction::idle;
        case PQTRANS_ACTIVE: return Transaction::active;
        case PQTRANS_INTRANS: return Transaction::open;
        case PQTRANS_INERROR: return Transaction::failed;
        default: return Transaction::unknown;
    }
}

bool Connection::alive() const { return libpq().PQstatus(connection_) == CONNECTION_OK; }
int Connection::backendPid() const { return libpq().PQbackendPID(connection_); }
int Connection::serverVersion() const { return libpq().PQserverVersion(connection_); }
std::string Connection::database() const { return libpq().PQdb(connection_); }
std::string Connection::user() const { return libpq().PQuser(connection_); }
std::string Connection::host() const { return libpq().PQhost(connection_); }

std::string Connection::setting(const char* name) const {
    const char* value = libpq().PQparameterStatus(connection_, name);
    return value ? value : "";
}

std::string Connection::serverName() const {
    const std::string version = setting("server_version");  // "15.20 (Debian ...)"
    return "PostgreSQL " + version.substr(0, version.find(' '));
}

std::string Connection::literal(std::string_view text) const {
    // E'' is right whatever standard_conforming_strings says.
    const bool backslash = text.find('\\') != std::string_view::npos;
    std::string quoted = backslash ? "E'" : "'";
    for (const char c : text) {
        if (c == '\'' || (c == '\\' && backslash)) quoted += c;
        quoted += c;
    }
    return quoted + "'";
}

std::string Connection::identifier(std::string_view name) const { return quoteIdentifier(name); }

void Connection::onNotice(std::function<void(const Notice&)> listener) { notice_ = std::move(listener); }
void Connection::onWait(std::function<void(Milliseconds)> listener) { wait_ = std::move(listener); }

}  // namespace slipway::postgres
