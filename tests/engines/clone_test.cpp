#include "engines/postgres/clone.h"

#include <unistd.h>

#include <algorithm>
#include <functional>

#include "support/child.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

std::string ask(const Target& target, const std::string& sql) {
    return Connection::open(target, "test")->value(sql).value_or("");
}

std::string askServer(const std::string& sql) {
    return ask({.url = tests::serverUrl()}, sql);
}

std::string count(const std::string& name) {
    return askServer("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'");
}

Error failure(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error;
    }
    ADD_FAILURE() << "no error";
    return {"none", Exit::yes, "", ""};
}

/// A role that ends with the test, with what it owns in the database.
class Role {
  public:
    Role(const tests::Database& database, const std::string& kind)
        : database_(database), name_(kind + "_" + database.name()) {
        database.run("CREATE ROLE " + name_ + " LOGIN");
    }
    ~Role() {
        database_.run("REASSIGN OWNED BY " + name_ + " TO postgres");
        database_.run("DROP OWNED BY " + name_);
        database_.run("DROP ROLE " + name_);
    }
    const std::string& name() const { return name_; }

  private:
    const tests::Database& database_;
    std::string name_;
};

TEST(Clone, IsKeptByAKeyAndTheOldestGoes) {
    const Target server{.url = tests::serverUrl()};
    std::vector<std::string> keys;
    for (int i = 0; i < 5; i++) {
        keys.push_back(fmt::format("{:x}{}", ::getpid(), i));
        EXPECT_EQ(Clone::ofKept(server, keys.back()), nullptr);
        auto made = Clone::empty(server);
        Connection::open(made->target(), "test")->run("CREATE TABLE orders ()");
        const auto copy = Clone::keep(std::move(made), keys.back());
        Connection::open(copy->target(), "test")->run("DROP TABLE orders");
    }
    const auto again = Clone::ofKept(server, keys.back());
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(ask(again->target(), "SELECT count(*) FROM pg_class WHERE relname = 'orders'"), "1");
    EXPECT_EQ(Clone::ofKept(server, keys.front()), nullptr);
    for (const std::string& key : keys) Connection::open(server, "test")->run("DROP DATABASE IF EXISTS slipway_kept_" + key);
}

TEST(Clone, IsACopyThatEndsWithTheObject) {
    tests::Database database;
    database.run("CREATE TABLE orders (id int); INSERT INTO orders SELECT generate_series(1, 100)");
    std::string name;
    {
        auto clone = Clone::of({.url = database.url()});
        name = clone->name();
        EXPECT_NE(name, database.name());
        EXPECT_EQ(clone->source(), database.name());
        EXPECT_EQ(ask(clone->target(), "SELECT count(*) FROM orders"), "100");
        EXPECT_EQ(ask(clone->target(), "SELECT current_database()"), name);
        Connection::open(clone->target(), "test")->run("DROP TABLE orders");
        EXPECT_EQ(database.value("SELECT count(*) FROM orders"), "100");
        const std::string comment =
            askServer("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '" + name + "'");
        EXPECT_TRUE(comment.starts_with("slipway disposable clone of " + database.name() + " made at 2")) << comment;
    }
    EXPECT_EQ(count(name), "0");
}

TEST(Clone, IsDroppedWithSomebodyConnected) {
    tests::Database database;
    auto clone = Clone::of({.url = database.url()});
    auto session = Connection::open(clone->target(), "test");
    const std::string name = clone->name();
    clone->drop();
    EXPECT_EQ(count(name), "0");
    EXPECT_THROW(session->run("SELECT 1"), Error);
    clone->drop();
}

TEST(Clone, KeepsOwnerSettingsAndPrivileges) {
    tests::Database database;
    Role owner(database, "owner"), guest(database, "guest");
    const std::string& name = database.name();
    database.run("ALTER DATABASE " + name + " OWNER TO " + owner.name());
    database.run("ALTER DATABASE " + name + " SET search_path TO app, \"Odd, one\", public");
    database.run("ALTER DATABASE " + name + " SET statement_timeout TO '7s'");
    database.run("ALTER DATABASE " + name + " SET \"TimeZone\" TO 'Asia/Tokyo'");
    database.run("ALTER DATABASE " + name + " SET shop.tenant TO 'it''s \\ 1'");
    database.run("CREATE TEXT SEARCH CONFIGURATION public.ours (COPY = simple)");
    database.run("ALTER DATABASE " + name + " SET default_text_search_config TO 'public.ours'");
    database.run("ALTER ROLE " + guest.name() + " IN DATABASE " + name + " SET work_mem TO '5MB'");
    database.run("ALTER DATABASE " + name + " CONNECTION LIMIT 5");
    database.run("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    database.run("GRANT CONNECT ON DATABASE " + name + " TO " + guest.name() + " WITH GRANT OPTION");

    auto clone = Clone::of({.url = database.url()});
    EXPECT_TRUE(clone->notes().empty()) << clone->notes()[0];
    const std::string where = " FROM pg_database WHERE datname = '" + clone->name() + "'";
    EXPECT_EQ(askServer("SELECT pg_get_userbyid(datdba)" + where), owner.name());
    EXPECT_EQ(askServer("SELECT datconnlimit" + where), "-1");
    EXPECT_EQ(askServer("SELECT datacl" + where),
              askServer("SELECT datacl FROM pg_database WHERE datname = '" + name + "'"));
    const std::string settings =
        "SELECT string_agg(setrole::regrole || ' ' || ARRAY(SELECT unnest(setconfig) ORDER BY 1)::text, E'\\n' "
        "ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = '";
    const std::string copied = askServer(settings + clone->name() + "')");
    EXPECT_EQ(copied, askServer(settings + name + "')"));
    EXPECT_NE(copied.find("statement_timeout=7s"), std::string::npos) << copied;
    EXPECT_EQ(ask(clone->target(), "SHOW search_path"), "app, \"Odd, one\", public");
    EXPECT_EQ(ask(clone->target(), "SHOW shop.tenant"), "it's \\ 1");
}

TEST(Clone, CannotReachOtherServers) {
    tests::Database database;
    database.run(
        "CREATE FOREIGN DATA WRAPPER far; CREATE SERVER \"Far away\" FOREIGN DATA WRAPPER far;"
        "CREATE USER MAPPING FOR PUBLIC SERVER \"Far away\"; CREATE USER MAPPING FOR postgres SERVER \"Far away\"");
    auto clone = Clone::of({.url = database.url()});
    EXPECT_EQ(ask(clone->target(), "SELECT count(*) FROM pg_user_mappings"), "0");
    EXPECT_EQ(ask(clone->target(), "SELECT srvname FROM pg_foreign_server"), "Far away");
    EXPECT_EQ(database.value("SELECT count(*) FROM pg_user_mappings"), "2");
}

TEST(Clone, ABusySourceIsRefusedWithTheNamesOfItsSessions) {
    tests::Database database;
    auto other = Connection::open({.url = database.url()}, "nightly report");
    const Error error = failure([&] { Clone::of({.url = database.url()}); });
    EXPECT_EQ(error.code, "clone-busy");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_EQ(error.sqlstate, "55006");
    EXPECT_NE(error.message.find(fmt::format("nightly report (user postgres, process {})", other->backendPid())),
              std::string::npos)
        << error.message;
    EXPECT_FALSE(error.hint.empty());
}

TEST(Clone, AMissingRightIsNamed) {
    tests::Database database;
    Role guest(database, "guest");
    for (const bool copy : {true, false}) {
        const Target target{.url = database.url(), .user = guest.name()};
        const Error error = failure([&] { copy ? Clone::of(target) : Clone::empty(target); });
        EXPECT_EQ(error.code, "clone-denied");
        EXPECT_NE(error.hint.find("ALTER ROLE " + guest.name() + " CREATEDB"), std::string::npos) << error.hint;
    }
}

TEST(Clone, APlainOwnerMayCopyItsDatabase) {
    tests::Database database;
    Role owner(database, "owner");
    database.run("ALTER ROLE " + owner.name() + " CREATEDB");
    database.run("ALTER DATABASE " + database.name() + " OWNER TO " + owner.name());
    database.run("ALTER DATABASE " + database.name() + " SET log_statement TO 'ddl'");
    auto clone = Clone::of({.url = database.url(), .user = owner.name()});
    EXPECT_EQ(ask(clone->target(), "SELECT current_user"), owner.name());
    ASSERT_EQ(clone->notes().size(), 1u) << "only a superuser may set log_statement";
    EXPECT_NE(clone->notes()[0].find("log_statement"), std::string::npos);
}

TEST(Clone, AnEmptyDatabase) {
    auto clone = Clone::empty({.url = tests::serverUrl()});
    EXPECT_EQ(clone->source(), "");
    EXPECT_EQ(ask(clone->target(), "SELECT current_database()"), clone->name());
    EXPECT_EQ(ask(clone->target(), "SELECT count(*) FROM pg_class WHERE oid >= 16384"), "0");
}

TEST(Clone, LeftoversOfAKilledProcessAreDroppedAndOthersKept) {
    tests::Database database;
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    tests::Child child([&] {
        auto clone = Clone::of({.url = database.url()});
        [[maybe_unused]] const ssize_t wrote = ::write(ends[1], clone->name().data(), clone->name().size());
        return ::pause();
    });
    char name[64] = "";
    ASSERT_GT(::read(ends[0], name, sizeof name - 1), 0);
    auto admin = openMaintenance({.url = tests::serverUrl()});
    auto dropped = [&] {
        const std::vector<std::string> names = dropLeftovers(*admin);
        return std::ranges::find(names, name) != names.end();
    };
    EXPECT_FALSE(dropped()) << "its process lives";
    child.kill();
    ::close(ends[0]);
    ::close(ends[1]);
    // Another test that makes a clone may be the one that drops it.
    for (Stopwatch since; !dropped() && count(name) != "0" && since.elapsed() < std::chrono::seconds(10);)
        ::usleep(20'000);
    EXPECT_EQ(count(name), "0");
}

TEST(Clone, DatabasesOfOtherNamesAreNoLeftovers) {
    auto admin = openMaintenance({.url = tests::serverUrl()});
    const std::string name = fmt::format("slipway_clone_of_mine_{}", ::getpid());
    admin->run("CREATE DATABASE " + name + " TEMPLATE template0");
    dropLeftovers(*admin);
    EXPECT_EQ(count(name), "1");
    admin->run("DROP DATABASE " + name);
}

}  // namespace
}  // namespace slipway::postgres
