#include "changelogs/layout.h"
#include "support/folder.h"

namespace slipway::changelogs {
namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

class FlywayTest : public ::testing::Test {
  protected:
    FlywayTest() { settings.locations = {folder.path("db")}; }

    Changelog read() { return chooseLayout(settings).read(settings); }

    /// "V1 Create users <V1__Create_users.sql> undo U1__x.sql"
    Lines migrations() {
        Lines lines;
        for (const Migration& m : read().migrations)
            lines.push_back(
                fmt::format("{} {} <{}>{}", m.id(), m.description, m.up.name, m.down ? " undo " + m.down->name : ""));
        return lines;
    }

    tests::Folder folder;
    ProjectSettings settings{.layout = "flyway"};
};

TEST_F(FlywayTest, ReadsNamesAndOrdersThem) {
    for (const char* name : {"V1_1__Second.sql", "V10__Tenth.sql", "V001__Create_users.SQL",
                             "sub/dir/V2.0.0__In_a_folder.sql", "U2__Undo.sql", "R__b_view.sql", "R__a_view__x.sql",
                             "B2__Base.sql", "V20260401120000.sql", ".git/V99__hidden.sql", "notes.txt"})
        folder.write(std::string("db/") + name);
    EXPECT_EQ(migrations(),
              (Lines{"V001 Create users <V001__Create_users.SQL>", "V1.1 Second <V1_1__Second.sql>",
                     "V2.0.0 In a folder <sub/dir/V2.0.0__In_a_folder.sql> undo U2__Undo.sql", "B2 Base <B2__Base.sql>",
                     "V10 Tenth <V10__Tenth.sql>", "V20260401120000  <V20260401120000.sql>",
                     "R a view  x a view  x <R__a_view__x.sql>", "R b view b view <R__b_view.sql>"}));
    const Changelog changelog = read();
    EXPECT_EQ(changelog.notes, Lines{});
    EXPECT_EQ(changelog.migrations[2].up.file, "db/sub/dir/V2.0.0__In_a_folder.sql");
    EXPECT_EQ(changelog.migrations[3].kind, MigrationKind::baseline);
}

TEST_F(FlywayTest, KeepsChecksumHeaderAndEmptiness) {
    folder.write("db/V1__a.sql", "CREATE TABLE t1 (id int);\n");
    folder.write("db/V2__b.sql", "-- Author: Ann\n");
    folder.write("db/R__v.sql", "CREATE OR REPLACE VIEW v1 AS SELECT ${col} FROM t1;\n");
    Changelog changelog = read();
    EXPECT_EQ(changelog.migrations[0].checksum, -1030005526);
    EXPECT_FALSE(changelog.migrations[0].up.empty);
    EXPECT_TRUE(changelog.migrations[1].up.empty);
    EXPECT_EQ(changelog.migrations[1].header.find("author")->value, "Ann");
    EXPECT_EQ(changelog.migrations[2].equivalentChecksum, -1495974062);
    settings.placeholders["col"] = "id";
    fillRepeatableChecksums(changelog, settings, {});
    EXPECT_EQ(changelog.migrations[2].checksum, 853430754);
}

TEST_F(FlywayTest, NamesMayBeConfigured) {
    settings.sqlMigrationPrefix = "";
    settings.sqlMigrationSeparator = "-";
    settings.sqlMigrationSuffixes = {".pg.sql", ".sql"};
    settings.repeatableSqlMigrationPrefix = "repeat";
    for (const char* name : {"1-first_one.pg.sql", "2-second.sql", "repeat-views.sql"})
        folder.write(std::string("db/") + name);
    EXPECT_EQ(migrations(), (Lines{"V1 first one <1-first_one.pg.sql>", "V2 second <2-second.sql>",
                                   "R views views <repeat-views.sql>"}));
}

TEST_F(FlywayTest, PassesOverBadNamesWithANote) {
    for (const char* name :
         {"V1__ok.sql", "v2__lower.sql", "Vx__y.sql", "V__z.sql", "R__.sql", "README.sql", "U3__gone.sql"})
        folder.write(std::string("db/") + name);
    EXPECT_EQ(read().notes, (Lines{"passed over db/README.sql: 'EADME' stands between 'R' and the separator '__'",
                                   "passed over db/R__.sql: it has no description",
                                   "passed over db/V__z.sql: there is no version after 'V'",
                                   "passed over db/Vx__y.sql: 'x' is no version",
                                   "passed over db/v2__lower.sql: its name begins with no prefix of the project",
                                   "db/U3__gone.sql undoes version 3, which no script brings about"}));
}

TEST_F(FlywayTest, RefusesBadNamesWhenNamingIsValidated) {
    settings.validateMigrationNaming = true;
    for (const char* name : {"V1__ok.sql", "Vx__y.sql", "helper.sql"}) folder.write(std::string("db/") + name);
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "migration-naming");
    EXPECT_EQ(error.message,
              "some SQL files have no valid name:\n  db/Vx__y.sql: 'x' is no version\n  db/helper.sql: its name begins "
              "with no prefix "
              "of the project");
    EXPECT_EQ(error.hint, "rename them like V1__description.sql, or take them out of the locations");
}

TEST_F(FlywayTest, RefusesTwoFilesWithOneVersion) {
    folder.write("db/V5__a.sql");
    folder.write("db/sub/V5.0__b.sql");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "duplicate-version");
    EXPECT_EQ(error.exit, Exit::usage);
    EXPECT_EQ(error.message, "two files have version 5.0: db/V5__a.sql and db/sub/V5.0__b.sql");
    EXPECT_EQ(error.hint, "give one of them a new number: the one that no database has seen yet");
}

TEST_F(FlywayTest, RefusesTwoRepeatablesWithOneDescription) {
    folder.write("db/a/R__views.sql");
    folder.write("db/b/R__views.sql");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "duplicate-repeatable");
    EXPECT_EQ(error.message,
              "two repeatable migrations are described as 'views': db/a/R__views.sql and db/b/R__views.sql");
}

TEST_F(FlywayTest, ReadsCallbacksInTheOrderOfARun) {
    for (const char* name : {"afterMigrate__b.sql", "afterMigrate.sql", "afterMigrate__a.sql", "beforeEachMigrate.sql",
                             "beforeMigrate.sql", "afterMigrateError.sql", "afterEachMigrateError.sql", "V1__x.sql"})
        folder.write(std::string("db/") + name);
    Lines lines;
    for (const Callback& callback : read().callbacks) lines.push_back(callback.event + "|" + callback.description);
    EXPECT_EQ(lines, (Lines{"beforeMigrate|", "beforeEachMigrate|", "afterEachMigrateError|", "afterMigrate|",
                            "afterMigrate|a", "afterMigrate|b", "afterMigrateError|"}));
    settings.skipDefaultCallbacks = true;
    EXPECT_TRUE(read().callbacks.empty());
}

TEST_F(FlywayTest, CallbacksMayLieElsewhere) {
    folder.write("db/V1__x.sql");
    folder.write("db/afterMigrate.sql");
    folder.write("hooks/beforeMigrate.sql");
    folder.write("hooks/V9__no_migration.sql");
    settings.callbackLocations = {folder.path("hooks")};
    const Changelog changelog = read();
    ASSERT_EQ(changelog.callbacks.size(), 1u);
    EXPECT_EQ(changelog.callbacks[0].script.file, "hooks/beforeMigrate.sql");
    EXPECT_EQ(changelog.migrations.size(), 1u);
}

TEST_F(FlywayTest, RefusesCallbacksOfOtherEvents) {
    folder.write("db/beforeClean__x.sql");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "callback-unsupported");
    EXPECT_EQ(error.message, "Slipway has no event beforeClean at which to run this callback");
    EXPECT_EQ(error.hint,
              "use one of beforeMigrate, beforeEachMigrate, afterEachMigrate, afterEachMigrateError, afterVersioned, "
              "beforeRepeatables, "
              "afterMigrateApplied, afterMigrate, afterMigrateError; or take the file out of the locations");
    EXPECT_EQ(error.file, "db/beforeClean__x.sql");
}

TEST_F(FlywayTest, RefusesTheSameCallbackTwice) {
    folder.write("db/a/afterMigrate.sql");
    folder.write("db/b/afterMigrate.sql");
    EXPECT_EQ(errorOf([&] { read(); }).message,
              "two callbacks are called afterMigrate.sql: db/a/afterMigrate.sql and db/b/afterMigrate.sql");
}

TEST_F(FlywayTest, RefusesMigrationsThatAreNoSql) {
    for (const char* name :
         {"V1__x.sh", "V2__x.py", "V3__X.java", "U1__x.ps1", "R__x.bash", "B1__x.cmd", "afterMigrate.bat"}) {
        folder.write(std::string("db/") + name);
        const Error error = errorOf([&] { read(); });
        EXPECT_EQ(error.code, "script-type-unsupported");
        EXPECT_EQ(error.message, fmt::format("{} is a step of the migrations, but no SQL", name));
        EXPECT_EQ(error.file, std::string("db/") + name);
        std::filesystem::remove(folder.path(std::string("db/") + name));
    }
    folder.write("db/build.sh");
    EXPECT_TRUE(read().migrations.empty());
}

TEST_F(FlywayTest, ReadsAScriptsOwnConfiguration) {
    folder.write("db/V1__x.sql", "SELECT 'caf\xE9';");
    folder.write("db/V1__x.sql.conf",
                 "# mine\nexecuteInTransaction=false\nencoding: ISO-8859-1\nplaceholderReplacement = false\n"
                 "shouldExecute = ${stage}==prod && (a!=b || false)\n");
    settings.placeholders["stage"] = "prod";
    const Script script = read().migrations[0].up;
    EXPECT_EQ(script.config.executeInTransaction, false);
    EXPECT_EQ(script.config.encoding, "ISO-8859-1");
    EXPECT_EQ(script.config.placeholderReplacement, false);
    EXPECT_TRUE(script.config.shouldExecute);
    EXPECT_EQ(script.checksum, flywayChecksum("SELECT 'café';"));
}

TEST_F(FlywayTest, EvaluatesShouldExecute) {
    folder.write("db/V1__x.sql");
    auto runs = [&](const std::string& condition) {
        folder.write("db/V1__x.sql.conf", "shouldExecute=" + condition + "\n");
        return read().migrations[0].up.config.shouldExecute;
    };
    EXPECT_TRUE(runs("true"));
    EXPECT_FALSE(runs("FALSE"));
    EXPECT_TRUE(runs("a == a"));
    EXPECT_FALSE(runs("a!=a"));
    EXPECT_TRUE(runs("true || false && false"));
    EXPECT_FALSE(runs("(true || false) && false"));
    for (const char* bad : {"", "maybe", "a==b==c", "(true", "true false", "true &&"}) {
        const Error error = errorOf([&] { runs(bad); });
        EXPECT_EQ(error.code, "script-config-invalid") << bad;
        EXPECT_EQ(error.message, fmt::format("shouldExecute cannot be understood: '{}'", bad));
    }
}

TEST_F(FlywayTest, RefusesWhatAScriptCannotBeConfiguredWith) {
    folder.write("db/V1__x.sql");
    folder.write("db/V1__x.sql.conf", "\nexecuteInTransactions=false\n");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.message, "a script cannot be configured with 'executeInTransactions'");
    EXPECT_EQ(error.hint, "did you mean 'executeInTransaction'?");
    EXPECT_EQ(error.file, "db/V1__x.sql.conf");
    EXPECT_EQ(error.line, 2);
    folder.write("db/V1__x.sql.conf", "executeInTransaction=no\n");
    EXPECT_EQ(errorOf([&] { read(); }).message, "executeInTransaction is neither true nor false: 'no'");
}

TEST_F(FlywayTest, ReadsDeclarationsAndRefusesOrphans) {
    folder.write("db/V4__x.sql");
    folder.write("db/V4__x.slipway.toml", "irreversible = 'rows are gone'\n");
    EXPECT_EQ(read().migrations[0].declarations.irreversible, "rows are gone");
    folder.write("db/V5__x.slipway.toml", "irreversible = 'x'\n");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "declarations-orphan");
    EXPECT_EQ(error.file, "db/V5__x.slipway.toml");
    EXPECT_EQ(error.hint, "name the file like its script, as V4__x.slipway.toml beside V4__x.sql, or delete it");
}

TEST_F(FlywayTest, MissingFoldersAreNotedOrRefused) {
    settings.locations = {folder.path("db"), folder.path("nowhere")};
    folder.write("db/V1__x.sql");
    EXPECT_EQ(read().notes, (Lines{"the folder of migrations nowhere does not exist"}));
    settings.failOnMissingLocations = true;
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "location-missing");
    EXPECT_EQ(error.message, "the folder of migrations nowhere does not exist");
}

TEST_F(FlywayTest, AFolderWithinAnotherIsReadOnce) {
    folder.write("db/more/V1__x.sql");
    settings.locations = {folder.path("db/more"), folder.path("db"), folder.path("db")};
    EXPECT_EQ(migrations(), (Lines{"V1 x <more/V1__x.sql>"}));
}

TEST_F(FlywayTest, IsChosenForItsFiles) {
    settings.layout = "auto";
    EXPECT_STREQ(chooseLayout(settings).name, "flyway");
    folder.write("db/1_x.up.sql");
    EXPECT_STREQ(chooseLayout(settings).name, "updown");
    folder.write("db/V1__x.sql");
    folder.write("db/V2__x.sql");
    EXPECT_STREQ(chooseLayout(settings).name, "flyway");
    settings.layout = "flywya";
    const Error error = errorOf([&] { chooseLayout(settings); });
    EXPECT_EQ(error.message, "there is no layout named 'flywya'");
    EXPECT_EQ(error.hint, "did you mean 'flyway'?");
}

TEST_F(FlywayTest, ReadsTenThousandFilesInNoTime) {
    for (int i = 1; i <= 10'000; i++)
        folder.write(fmt::format("db/V{}__add_a_column.sql", i), "-- Author: Ann\nALTER TABLE t ADD COLUMN c int;\n");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(read().migrations.size(), 10'000u);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace slipway::changelogs
