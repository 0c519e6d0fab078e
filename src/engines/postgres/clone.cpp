#include "engines/postgres/clone.h"

#include <unistd.h>

#include <atomic>

#include "base/crash.h"
#include "base/digest.h"
#include "base/text.h"

namespace slipway::postgres {

namespace {

constexpr std::string_view prefix = "slipway_clone_";
constexpr std::string_view keptPrefix = "slipway_kept_";
constexpr int mostKept = 4;
constexpr uint32_t lockClass = 0x534C4950;  // "SLIP": the first key of the lock that says that a clone is in use

std::string hostName() {
    char name[256] = "";
    ::gethostname(name, sizeof name - 1);
    return name;
}

std::unique_ptr<Connection> openIn(Target target, const std::string& database, const std::string& application) {
    target.database = database;
    return Connection::open(target, application);
}

/// Takes the lock that says that the database of this name is in use; false when somebody has it.
bool takeLock(Connection& admin, const std::string& name) {
    return admin.value("SELECT pg_try_advisory_lock($1::int, $2::int)",
                       {std::to_string(static_cast<int32_t>(lockClass)),
                        std::to_string(static_cast<int32_t>(crc32(name)))}) == "t";
}

/// Who is connected to a database, as people would say it.
std::string sessionsOf(Connection& admin, const std::string& database) {
    const Result sessions = admin.query(
        "SELECT format('%s (user %s, process %s%s)', coalesce(nullif(application_name, ''), 'a session'), usename, "
        "pid, "
        "', from ' || host(client_addr)) FROM pg_stat_activity WHERE datname = $1 ORDER BY pid LIMIT 5",
        {database});
    std::vector<std::string> names;
    for (size_t i = 0; i < sessions.rows.size(); i++) names.push_back(sessions.text(i, 0));
    return join(names, ", ");
}

/// A setting's name as SET wants it: the parts of "app.user" are identifiers.
std::string settingName(const std::string& name) {
    std::vector<std::string> parts = split(name, '.');
    for (std::string& part : parts) part = quoteIdentifier(part);
    return join(parts, ".");
}

/// Runs the statements in one transaction. Throws the first one's error after rolling back.
void inTransaction(Connection& connection, const std::vector<std::string>& statements) {
    connection.run("BEGIN");
    try {
        for (const std::string& sql : statements) connection.run(sql);
        connection.run("COMMIT");
    } catch (const Error&) {
        if (connection.alive()) connection.run("ROLLBACK");
        throw;
    }
}

}  // namespace

std::unique_ptr<Connection> openMaintenance(const Target& near) {
    try {
        return openIn(near, "postgres", "slipway");
    } catch (const Error& error) {
        if (error.code != "database-missing") throw;
        return openIn(near, "template1", "slipway");
    }
}

Clone::Clone(const Target& near, std::unique_ptr<Connection> admin, std::string source)
    : admin_(std::move(admin)), source_(std::move(source)), target_(near) {
    // The session is idle for as long as the work on the clone takes.
    if (admin_->serverVersion() >= 140000) admin_->run("SET idle_session_timeout = 0");
    dropLeftovers(*admin_);
}

std::unique_ptr<Clone> Clone::of(const Target& source) {
    auto session = Connection::open(source, "slipway");
    const std::string database = session->database();
    session.reset();  // nobody may be connected to a database that is copied
    auto admin = database == "postgres" ? openIn(source, "template1", "slipway") : openMaintenance(source);
    const Value owner = admin->value("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1", {database});
    std::unique_ptr<Clone> clone(new Clone(source, std::move(admin), database));
    clone->create(fmt::format("TEMPLATE {} OWNER {}", quoteIdentifier(database), quoteIdentifier(owner.value_or(""))));
    clone->cutOff();
    clone->copySettings();
    clone->copyPrivileges();
    return clone;
}

std::unique_ptr<Clone> Clone::empty(const Target& server) {
    std::unique_ptr<Clone> clone(new Clone(server, openMaintenance(server), ""));
    clone->create("TEMPLATE template0");  // nobody can be connected to it, as somebody could be to template1
    return clone;
}

std::unique_ptr<Clone> Clone::ofKept(const Target& server, const std::string& key) {
    Target source = server;
    source.database = std::string(keptPrefix) + key;
    const auto admin = openMaintenance(server);
    if (!admin->value("SELECT 1 FROM pg_database WHERE datname = $1", {source.database})) return nullptr;
    return of(source);
}

std::unique_ptr<Clone> Clone::keep(std::unique_ptr<Clone> made, const std::string& key) {
    const Target server = made->target();
    const std::string name = std::string(keptPrefix) + key;
    try {
        made->admin_->run(fmt::format("ALTER DATABASE {} RENAME TO {}", made->name_, quoteIdentifier(name)));
        made->name_.clear();
    } catch (const Error& error) {
        if (error.sqlstate != "42P04") throw;  // another process was faster, and has kept the same
    }
    const Result old = made->admin_->query("SELECT datname FROM pg_database WHERE datname ~ $1 ORDER BY oid DESC OFFSET $2::int",
                                           {fmt::format("^{}[0-9a-f]+$", keptPrefix), std::to_string(mostKept)});
    for (size_t i = 0; i < old.rows.size(); i++) {
        try {
            made->admin_->run("DROP DATABASE IF EXISTS " + quoteIdentifier(old.text(i, 0)));
        } catch (const Error& error) {
            if (error.connectionLost) throw;  // else somebody copies it just now
        }
    }
    Target source = server;
    source.database = name;
    return of(source);
}

Clone::~Clone() {
    try {
        drop();
    } catch (const Error&) {
        // dropLeftovers() finds it: with the session its lock is gone.
    }
}

void Clone::create(const std::string& clauses) {
    static std::atomic<int> made = 0;
    for (int attempt = 0;; attempt++) {
        const std::string name = fmt::format("{}{}_{}", prefix, ::getpid(), ++made);
        // Another machine's process of the same number may use the name.
        if (attempt < 100 && !takeLock(*admin_, name)) continue;
        try {
            admin_->run(fmt::format("CREATE DATABASE {} {}", name, clauses));
            name_ = name;
            break;
        } catch (const Error& error) {
            if (error.sqlstate == "42P04" && attempt < 100) continue;
            const std::string what = source_.empty() ? "a disposable database" : "a disposable copy of " + source_;
            if (error.sqlstate == "55006")
                throw Error("clone-busy", Exit::outside,
                            fmt::format("{} cannot be copied while others are connected to it: {}", source_,
                                        sessionsOf(*admin_, source_)),
                            "wait until they have left or end their sessions, then run the command again")
                    .withState(error.sqlstate)
                    .withDetail(error.detail);
            if (error.sqlstate == "42501")
                throw Error(
                    "clone-denied", Exit::outside,
                    fmt::format("{} may not make {}: {}", admin_->user(), what, error.message),
                    fmt::format("let an administrator grant it: ALTER ROLE {} CREATEDB; only a database's owner or a "
                                "superuser may copy it",
                                quoteIdentifier(admin_->user())))
                    .withState(error.sqlstate);
            throw;
        }
    }
    target_.database = name_;
    crashPoint("clone: created");
    admin_->run(fmt::format("COMMENT ON DATABASE {} IS {}", name_,
                            admin_->literal(fmt::format("slipway disposable {} made at {} by process {} on {}",
                                                        source_.empty() ? "database" : "clone of " + source_,
                                                        timestampNow(), ::getpid(), hostName()))));
}

void Clone::cutOff() {
    auto session = Connection::open(target_, "slipway");
    const Result mappings = session->run(
        "SELECT format('DROP USER MAPPING FOR %s SERVER %I', quote_ident(usename), srvname), srvname "
        "FROM pg_user_mappings");
    for (size_t i = 0; i < mappings.rows.size(); i++) {
        try {
            session->run(mappings.text(i, 0));
        } catch (const Error& error) {
            throw Error("clone-denied", Exit::outside,
                        fmt::format("the copy of {} could reach the foreign server {}, and {} may not cut it off: {}",
                                    source_, mappings.text(i, 1), session->user(), error.message),
                        "run as the owner of the foreign server or as a superuser")
                .withState(error.sqlstate);
        }
    }
}

void Clone::copySettings() {
    const Result settings = admin_->query(
        "SELECT CASE setrole WHEN 0 THEN '' ELSE quote_ident(pg_get_userbyid(setrole)) END, "
        "left(entry, strpos(entry, '=') - 1), substr(entry, strpos(entry, '=') + 1) "
        "FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(setconfig) entry "
        "WHERE datname = $1 ORDER BY 1, 2",
        {source_});
    for (size_t i = 0; i < settings.rows.size(); i++) {
        const std::string role = settings.text(i, 0), name = settings.text(i, 1),
                          value = admin_->literal(settings.text(i, 2));
        const std::string alter =
            (role.empty() ? "ALTER DATABASE " + name_ : fmt::format("ALTER ROLE {} IN DATABASE {}", role, name_)) +
            " SET " + settingName(name);
        // FROM CURRENT stores a list (search_path) as it stands; written as a literal it would become one quoted name.
        // What cannot be set here, since it names an object of that database (default_text_search_config), is no list.
        try {
            inTransaction(*admin_, {fmt::format("SELECT set_config({}, {}, true)", admin_->literal(name), value),
                                    alter + " FROM CURRENT"});
        } catch (const Error&) {
            try {
                admin_->run(alter + " TO " + value);
            } catch (const Error& error) {
                if (error.connectionLost) throw;
                notes_.push_back(
                    fmt::format("the setting {} of the database {} was not copied: {}", name, source_, error.message));
            }
        }
    }
}

void Clone::copyPrivileges() {
    const Result grants = admin_->query(
        "SELECT format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, $2::text, "
        "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END, "
        "CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END), quote_ident(pg_get_userbyid(datdba)) "
        "FROM pg_database, aclexplode(datacl) WHERE datname = $1",
        {source_, name_});
    if (grants.empty()) return;  // nobody ever changed the privileges that every database has
    std::vector<std::string> statements = {
        fmt::format("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}", name_, grants.text(0, 1))};
    for (size_t i = 0; i < grants.rows.size(); i++) statements.push_back(grants.text(i, 0));
    try {
        inTransaction(*admin_, statements);
    } catch (const Error& error) {
        if (error.connectionLost) throw;
        notes_.push_back(fmt::format("the privileges on the database {} were not copied: {}", source_, error.message));
    }
}

void Clone::drop() {
    if (name_.empty() || !admin_) return;
    if (!admin_->alive()) admin_ = openMaintenance(target_);
    admin_->run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_));
    admin_.reset();
}

std::vector<std::string> dropLeftovers(Connection& admin) {
    const Result candidates = admin.query(
        "SELECT datname FROM pg_database WHERE datname ~ $1 AND NOT EXISTS "
        "(SELECT FROM pg_stat_activity a WHERE a.datname = pg_database.datname)",
        {fmt::format("^{}[0-9]+_[0-9]+$", prefix)});
    if (candidates.empty()) return {};
    // A lock counts wherever its session is connected: pg_try_advisory_lock() would see this database's only.
    const Result held = admin.query(
        "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = $1::bigint::oid",
        {std::to_string(lockClass)});
    std::vector<std::string> dropped;
    for (size_t i = 0; i < candidates.rows.size(); i++) {
        const std::string name = candidates.text(i, 0), key = std::to_string(crc32(name));
        if (std::ranges::any_of(held.rows, [&](const auto& row) { return row[0] == key; })) continue;
        try {
            admin.run("DROP DATABASE IF EXISTS " + quoteIdentifier(name));
            dropped.push_back(name);
        } catch (const Error& error) {
            // Anything else: somebody connected or dropped it first, or it belongs to another role.
            if (error.connectionLost) throw;
        }
    }
    return dropped;
}

}  // namespace slipway::postgres
