#include "changelogs/layout.h"
#include "support/folder.h"

namespace slipway::changelogs {
namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

class UpDownTest : public ::testing::Test {
  protected:
    UpDownTest() { settings.locations = {folder.path("migrations")}; }

    void write(const std::string& name, const std::string& text = "SELECT 1;\n") {
        folder.write("migrations/" + name, text);
    }
    Changelog read() { return chooseLayout(settings).read(settings); }

    /// "V1 add users <0001_add_users.up.sql> down 0001_add_users.down.sql"
    Lines migrations() {
        Lines lines;
        for (const Migration& m : read().migrations)
            lines.push_back(
                fmt::format("{} {} <{}>{}", m.id(), m.description, m.up.name, m.down ? " down " + m.down->name : ""));
        return lines;
    }

    tests::Folder folder;
    ProjectSettings settings;
};

TEST_F(UpDownTest, ReadsGolangMigratesPairs) {
    for (const char* name :
         {"2_b.up.sql", "10_c.up.sql", "10_c.down.sql", "0001_add_users.up.sql", "0001_add_users.down.sql"})
        write(name);
    EXPECT_TRUE(chooseLayout(settings).ownHistory);
    EXPECT_EQ(migrations(), (Lines{"V0001 add users <0001_add_users.up.sql> down 0001_add_users.down.sql",
                                   "V2 b <2_b.up.sql>", "V10 c <10_c.up.sql> down 10_c.down.sql"}));
    EXPECT_EQ(read().notes, Lines{});
}

TEST_F(UpDownTest, PairsByNumberAndTakesOddEndings) {
    for (const char* name : {"0026_drop_job_id.up.sql", "0026_drop_join_id.down.sql", "0021_x_up.sql",
                             "0021_x_down.sql", "0030_keys..up.sql"})
        write(name);
    EXPECT_EQ(migrations(), (Lines{"V0021 x <0021_x_up.sql> down 0021_x_down.sql",
                                   "V0026 drop job id <0026_drop_job_id.up.sql> down 0026_drop_join_id.down.sql",
                                   "V0030 keys <0030_keys..up.sql>"}));
    EXPECT_EQ(
        read().notes,
        (Lines{"migrations/0026_drop_job_id.up.sql and migrations/0026_drop_join_id.down.sql are one pair by their "
               "number, though their names differ"}));
}

TEST_F(UpDownTest, OrdersDieselsFoldersWithoutTheirDashes) {
    for (const char* name :
         {"2017-08-31-230457_name", "20140924113530_dumped_migration_1", "00000000000000_diesel_initial_setup"}) {
        write(std::string(name) + "/up.sql");
        write(std::string(name) + "/down.sql");
    }
    write("2017-08-31-230457_name/metadata.toml", "run_in_transaction = false\n");
    EXPECT_EQ(migrations(),
              (Lines{"V00000000000000 diesel initial setup <00000000000000_diesel_initial_setup/up.sql> down "
                     "00000000000000_diesel_initial_setup/down.sql",
                     "V20140924113530 dumped migration 1 <20140924113530_dumped_migration_1/up.sql> down "
                     "20140924113530_dumped_migration_1/down.sql",
                     "V20170831230457 name <2017-08-31-230457_name/up.sql> down 2017-08-31-230457_name/down.sql"}));
    EXPECT_EQ(read().migrations[2].up.config.executeInTransaction, false);
    EXPECT_EQ(read().migrations[1].up.config.executeInTransaction, std::nullopt);
}

TEST_F(UpDownTest, ReadsSqlxsSingleFiles) {
    write("20230101000000_init.sql", "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);\n");
    EXPECT_EQ(migrations(), (Lines{"V20230101000000 init <20230101000000_init.sql>"}));
    EXPECT_EQ(read().migrations[0].up.config.executeInTransaction, false);
}

TEST_F(UpDownTest, RefusesTwoFilesWithOneNumber) {
    write("0001_a_start.up.sql");
    write("0001_b_more.up.sql");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "duplicate-version");
    EXPECT_EQ(error.message,
              "two files have version 0001: migrations/0001_a_start.up.sql and migrations/0001_b_more.up.sql");
    write("0002_x.down.sql");
    std::filesystem::remove(folder.path("migrations/0001_b_more.up.sql"));
    EXPECT_EQ(read().notes, (Lines{"migrations/0002_x.down.sql undoes version 0002, which no script brings about"}));
}

TEST_F(UpDownTest, RefusesFilesThatHoldBothWays) {
    write("20230101_init.sql", "-- migrate:up\nCREATE TABLE t ();\n-- migrate:down\nDROP TABLE t;\n");
    const Error error = errorOf([&] { read(); });
    EXPECT_EQ(error.code, "layout-unsupported");
    EXPECT_EQ(error.message, "this file is written for dbmate: the way forward and the way back share it");
    EXPECT_EQ(error.file, "migrations/20230101_init.sql");
}

TEST_F(UpDownTest, FindsDeclarationsBesideTheScript) {
    write("0004_x.up.sql");
    write("0004_x.slipway.toml", "irreversible = 'a'\n");
    write("2020-01-01-000000_y/up.sql");
    write("2020-01-01-000000_y/migration.slipway.toml", "irreversible = 'b'\n");
    const Changelog changelog = read();
    EXPECT_EQ(changelog.migrations[0].declarations.irreversible, "a");
    EXPECT_EQ(changelog.migrations[1].declarations.irreversible, "b");
    write("0005_x.slipway.toml", "irreversible = 'c'\n");
    EXPECT_EQ(errorOf([&] { read(); }).code, "declarations-orphan");
}

TEST_F(UpDownTest, NotesWhatIsNoPair) {
    write("0001_x.up.sql");
    write("seed.sql");
    write("readme.md");
    write("mysql/deep/0002_x.up.sql");
    EXPECT_EQ(read().notes, (Lines{"passed over migrations/seed.sql: its name is no number, underscore, description"}));
    EXPECT_EQ(read().migrations.size(), 1u);
}

}  // namespace
}  // namespace slipway::changelogs
