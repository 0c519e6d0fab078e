#include "engines/postgres/mark.h"

#include "engines/postgres/journal.h"
#include "support/database.h"

namespace slipway::postgres {
namespace {

using tests::Database;

TEST(Mark, TheServersFactsAreRead) {
    const Database database;
    const auto connection = database.connect();
    const ServerFacts facts = readFacts(*connection);
    EXPECT_EQ(facts.database, database.name());
    EXPECT_EQ(facts.user, "postgres");
    EXPECT_EQ(facts.currentSchema, "public");
    EXPECT_EQ(facts.searchPath, "\"$user\", public");
    EXPECT_TRUE(facts.superuser);
    EXPECT_FALSE(facts.standby);
    EXPECT_FALSE(facts.readOnly);
    EXPECT_FALSE(facts.markTable);
    EXPECT_EQ(facts.backendPid, connection->backendPid());
}

TEST(Mark, TheFactsAreThoseOfTheSession) {
    const Database database;
    database.run("DROP SCHEMA public; ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
    const std::string role = "plain_" + database.name();
    const auto admin = database.connect();
    admin->run("SET default_transaction_read_only = off");
    admin->run("CREATE ROLE " + role + " LOGIN");
    {
        const auto connection = Connection::open({.url = database.url(), .user = role}, "test");
        const ServerFacts facts = readFacts(*connection);
        EXPECT_EQ(facts.user, role);
        EXPECT_FALSE(facts.superuser);
        EXPECT_TRUE(facts.readOnly);
        EXPECT_EQ(facts.currentSchema, "");
        EXPECT_FALSE(readMark(*connection, facts));
    }
    admin->run("DROP ROLE " + role);
}

std::optional<Mark> markOf(const Database& database) {
    const auto connection = database.connect();
    return readMark(*connection, readFacts(*connection));
}

TEST(Mark, IsWrittenAndReadAndWrittenOver) {
    const Database database;
    const auto connection = database.connect();
    EXPECT_FALSE(markOf(database));
    ensureOwnSchema(*connection);
    EXPECT_FALSE(markOf(database)) << "the table alone is no mark";
    writeMark(*connection, "it's production");
    const auto mark = markOf(database);
    ASSERT_TRUE(mark);
    EXPECT_EQ(mark->name, "it's production");
    EXPECT_EQ(mark->by, "postgres");
    EXPECT_TRUE(mark->original);
    connection->run("SET datestyle = 'German'; UPDATE slipway.environment SET marked_at = '01.04.2026 12:00:59'");
    EXPECT_EQ(readMark(*connection, readFacts(*connection))->at, "2026-04-01 12:00");
    writeMark(*connection, "staging");
    EXPECT_EQ(markOf(database)->name, "staging");
    EXPECT_EQ(database.value("SELECT count(*) FROM slipway.environment"), "1");
}

TEST(Mark, ACopyIsToldFromTheOriginal) {
    const Database database;
    ensureOwnSchema(*database.connect());
    writeMark(*database.connect(), "production");
    const Database copy(database.name());
    ASSERT_TRUE(markOf(copy));
    EXPECT_FALSE(markOf(copy)->original);
    EXPECT_TRUE(markOf(database)->original);
    writeMark(*copy.connect(), "staging");  // adopted
    EXPECT_TRUE(markOf(copy)->original);
    EXPECT_EQ(markOf(database)->name, "production");
}

TEST(Mark, ACopyFromAnotherServerIsToldToo) {
    const Database database;
    ensureOwnSchema(*database.connect());
    writeMark(*database.connect(), "production");
    database.run("UPDATE slipway.environment SET system_identifier = '1'");
    EXPECT_FALSE(markOf(database)->original);
}

TEST(Mark, APlainRoleReadsIt) {
    const Database database;
    const std::string role = "plain_" + database.name();
    const auto connection = database.connect();
    ensureOwnSchema(*connection);
    writeMark(*connection, "production");
    connection->run("CREATE ROLE " + role + "; " + grantsSql(role, database.name(), {"public", "h"}, {}, false) + "SET ROLE " + role);
    const auto mark = readMark(*connection, readFacts(*connection));
    writeMark(*connection, "other");
    connection->run("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role);
    ASSERT_TRUE(mark);
    EXPECT_TRUE(mark->original);
    EXPECT_EQ(markOf(database)->by, role);
}

TEST(Mark, WithoutAPoolerNoSecondConnectionIsMade) {
    const Database database;
    const auto connection = database.connect();
    bool asked = false;
    EXPECT_FALSE(poolsTransactions(*connection, readFacts(*connection), [&] {
        asked = true;
        return database.connect();
    }));
    EXPECT_FALSE(asked);
}

}  // namespace
}  // namespace slipway::postgres
