// A connection to a PostgreSQL server.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

struct pg_conn;
struct pg_result;

namespace slipway::postgres {

/// Where and as whom. `url` is a libpq connection URI or keyword string; user and password override what it says.
struct Target {
    std::string url;
    std::string user;
    std::string password;
    std::string database;  ///< overrides the URL's when not empty
};

struct Notice {
    std::string severity;  ///< in English: NOTICE, WARNING, INFO ...
    std::string sqlstate;
    std::string message;
};

using Value = std::optional<std::string>;  ///< as text; nullopt is NULL

/// The rows of one statement, as text.
struct Result {
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;
    std::string tag;        ///< the command tag: "INSERT 0 5"
    int64_t affected = -1;  ///< rows, where the tag has a count

    bool empty() const { return rows.empty(); }
    /// Column `column` of the row `row` as text; "" for NULL.
    std::string text(size_t row, size_t column) const { return rows.at(row).at(column).value_or(""); }
};

/// How a transaction stands (libpq manual, PQtransactionStatus).
enum class Transaction { idle, active, open, failed, unknown };

/// One session. Errors of the server are thrown as Error with code "sql", its SQLSTATE and Exit::no; a lost
/// connection as "connection-lost", Exit::outside; an interrupt of the user cancels the statement and throws
/// "interrupted". The session speaks UTF-8, English messages where the role may set them, and has keepalives on.
class Connection {
  public:
    /// Connects; retries `retries` times, a second apart, while the server refuses. `application` is the name that
    /// others see in pg_stat_activity. Throws "server-unreachable", "authentication-failed", "database-missing",
    /// "too-many-connections", "not-postgres", "server-too-old" (before 13), all Exit::outside.
    static std::unique_ptr<Connection> open(const Target& target, const std::string& application, int retries = 0);

    /// The first half of open(), for who has something else to do while the server makes its session: sends what can be
    /// sent without waiting. Nothing but complete() may be called on the result.
    static std::unique_ptr<Connection> begin(const Target& target, const std::string& application);
    /// The second half: waits for the session. Throws what open() throws.
    void complete();

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Sends `sql` by the simple protocol: several statements may stand in it; the last one's result is returned.
    Result run(std::string_view sql);

    /// One statement with parameters $1, $2 ... by the extended protocol.
    Result query(std::string_view sql, const std::vector<Value>& parameters = {});

    /// A COPY ... FROM stdin and its data, sent in pieces.
    Result copyIn(std::string_view sql, std::string_view data);

    /// The first column of the first row, or nullopt.
    Value value(std::string_view sql, const std::vector<Value>& parameters = {});

    Transaction transaction() const;
    bool alive() const;
    int backendPid() const;      ///< as the protocol's start-up told it
    int serverVersion() const;   ///< 150020 for 15.20
    std::string serverName() const;  ///< "PostgreSQL 15.20"
    std::string database() const;
    std::string user() const;
    std::string host() const;
    std::string setting(const char* name) const;  ///< a parameter that the server reports: "in_hot_standby" ...

    std::string literal(std::string_view text) const;     ///< 'quoted', safe in any SQL
    std::string identifier(std::string_view name) const;  ///< quoted where quote_ident would quote it

    /// Called for every notice of the server.
    void onNotice(std::function<void(const Notice&)> listener);
    /// Called about every 200 ms while a statement runs, with the time it has taken so far.
    void onWait(std::function<void(Milliseconds)> listener);

    /// Asks the server to cancel what runs, from whichever thread.
    void cancel();

  private:
    explicit Connection(pg_conn* connection);
    bool advance(Milliseconds patience);
    Result await();
    void drain();
    void waitReadable(const Milliseconds& since);
    Result take(pg_result* result);
    [[noreturn]] void lost(const char* doing, std::string said = "");

    pg_conn* connection_;
    bool cancelled_ = false;
    short waitsFor_;      ///< while connecting: what libpq waits for on the socket; 0 when it is done
    std::string where_;   ///< the URL for people
    std::function<void(const Notice&)> notice_;
    std::function<void(Milliseconds)> wait_;
};

/// Quotes a name as quote_ident() does: only where it must be (a keyword, upper case, odd characters).
std::string quoteIdentifier(std::string_view name);

/// schema.name, each quoted where needed; just the name when there is no schema.
std::string qualified(std::string_view schema, std::string_view name);

/// A timestamp as to_json() writes it ("2026-04-01T12:00:00.5", whatever DateStyle says) for people: 2026-04-01 12:00:00.
std::string timeFromJson(std::string_view json);

/// Turns a jdbc:postgresql:// URL into a libpq URI, leaves others as they are. user and password in its query go to
/// `target`. Throws "url-unsupported" (usage) for another database's URL and for JDBC options that libpq lacks and
/// that would change the connection's meaning.
Target targetFromUrl(const std::string& url);

/// The URL for people: without its password.
std::string shownUrl(const std::string& url);

/// Whether a password stands in the URL.
bool urlHasPassword(const std::string& url);

}  // namespace slipway::postgres
