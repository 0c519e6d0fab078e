#include "apply/status.h"

#include <gmock/gmock.h>

#include "support/folder.h"

// The words and states expected here are Flyway's own (MigrationState, MigrationInfoImpl), not taken from our code.

namespace slipway::apply {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Migration file(MigrationKind kind, const char* version, const std::string& description, int32_t checksum) {
    Migration migration;
    migration.kind = kind;
    if (version) migration.version = Version::parse(version);
    migration.description = description;
    migration.checksum = checksum;
    migration.up.file = "db/" + description + ".sql";
    return migration;
}
Migration versioned(const char* version, int32_t checksum = 7) {
    return file(MigrationKind::versioned, version, "step " + std::string(version), checksum);
}
Migration repeatable(const std::string& description, int32_t checksum = 7) {
    return file(MigrationKind::repeatable, nullptr, description, checksum);
}

class StatusTest : public testing::Test {
  protected:
    HistoryRow& row(const char* version, const std::string& type = "SQL", bool success = true) {
        HistoryRow added;
        added.rank = rows.empty() ? 1 : rows.back().rank + 1;
        if (version) added.version = version;
        added.description = version ? "step " + std::string(version) : "";
        added.type = type;
        added.checksum = 7;
        added.success = success;
        rows.push_back(added);
        return rows.back();
    }
    HistoryRow& ran(const std::string& repeatable, int32_t checksum = 7, bool success = true) {
        HistoryRow& added = row(nullptr, "SQL", success);
        added.description = repeatable;
        added.checksum = checksum;
        return added;
    }

    /// "1 Success" for each line of info.
    std::vector<std::string> shown() {
        statuses = statusOf(changelog, rows, options);
        std::vector<std::string> lines;
        for (const Status& status : statuses)
            lines.push_back((status.version() ? status.version()->text() : status.description()) + " " + display(status.state));
        return lines;
    }
    std::vector<std::string> pending() {
        shown();
        std::vector<std::string> ids;
        for (const Migration* migration : pendingOf(statuses)) ids.push_back(migration->id());
        return ids;
    }
    std::vector<std::string> undoable() {
        shown();
        std::vector<std::string> versions;
        for (const Status& status : undoableOf(statuses)) versions.push_back(*status.row->version);
        return versions;
    }
    std::vector<std::string> found(bool withPending = false) {
        shown();
        std::vector<std::string> messages;
        for (const Finding& finding : validate(statuses, patterns, withPending)) {
            EXPECT_FALSE(finding.help.empty()) << finding.message;
            messages.push_back(finding.message);
        }
        return messages;
    }

    Changelog changelog;
    std::vector<HistoryRow> rows;
    StatusOptions options;
    std::vector<Status> statuses;
    std::vector<std::string> patterns;
};

TEST_F(StatusTest, WhatIsNotAppliedIsPendingInTheOrderOfVersionsRepeatablesLast) {
    changelog.migrations = {repeatable("views"), versioned("2"), versioned("10"), versioned("1.1"), repeatable("grants")};
    EXPECT_THAT(pending(), ElementsAre("V1.1", "V2", "V10", "R grants", "R views"));
}

TEST_F(StatusTest, AppliedRowsComeByRankAndPendingFilesBehindThem) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3"), repeatable("views")};
    row("1"), ran("views"), row("2");
    EXPECT_THAT(shown(), ElementsAre("1 Success", "views Success", "2 Success", "3 Pending"));
}

TEST_F(StatusTest, VersionsAreNumbersWhateverTheirSpelling) {
    changelog.migrations = {versioned("1.0"), versioned("002")};
    row("1"), row("2.0");
    EXPECT_THAT(shown(), ElementsAre("1.0 Success", "002 Success"));
}

TEST_F(StatusTest, ALateFileIsIgnoredUnlessOrderDoesNotMatter) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3")};
    row("1"), row("3");
    EXPECT_THAT(shown(), ElementsAre("1 Success", "3 Success", "2 Ignored"));
    EXPECT_THAT(pending(), IsEmpty());
    options.outOfOrder = true;
    EXPECT_THAT(pending(), ElementsAre("V2"));
    row("2");
    EXPECT_THAT(shown(), ElementsAre("1 Success", "3 Success", "2 Out of Order"));
}

TEST_F(StatusTest, NothingAboveTheTargetIsPending) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3"), repeatable("views")};
    options.target = Version::parse("2");
    EXPECT_THAT(shown(), ElementsAre("1 Pending", "2 Pending", "3 Above Target", "views Pending"));
}

TEST_F(StatusTest, WhatABaselineStandsForDoesNotRun) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3")};
    row("2", "BASELINE");
    EXPECT_THAT(shown(), ElementsAre("2 Baseline", "1 Below Baseline", "2 Ignored (Baseline)", "3 Pending"));
}

TEST_F(StatusTest, ABaselineFileStandsInForWhatIsOlderInAnEmptyHistoryOnly) {
    changelog.migrations = {versioned("1"), versioned("2"), file(MigrationKind::baseline, "2", "all of it", 7), versioned("3")};
    EXPECT_THAT(shown(), ElementsAre("1 Below Baseline", "2 Ignored (Baseline)", "2 Pending", "3 Pending"));
    EXPECT_THAT(pending(), ElementsAre("B2", "V3"));
    row("1");
    EXPECT_THAT(pending(), ElementsAre("V2", "V3"));
}

TEST_F(StatusTest, ARowWithoutFileIsMissingAndAboveTheHighestFileFuture) {
    changelog.migrations = {versioned("1"), versioned("3")};
    row("1"), row("2"), row("3"), row("4"), row("5", "SQL", false);
    EXPECT_THAT(shown(), ElementsAre("1 Success", "2 Missing", "3 Success", "4 Future", "5 Failed (Future)"));
    EXPECT_THAT(found(), ElementsAre("Detected applied migration not resolved locally: version 2",
                                     "Detected applied migration not resolved locally: version 4",
                                     "Detected failed migration to version 5 (step 5)"));
    patterns = {"*:future"};
    EXPECT_THAT(found(), ElementsAre("Detected applied migration not resolved locally: version 2"));
    patterns = {"versioned:missing", "*:future"};
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(StatusTest, AFailedRowIsFailedWithItsFileAndWithout) {
    changelog.migrations = {versioned("1"), versioned("3")};
    row("1", "SQL", false), row("2", "SQL", false);
    EXPECT_THAT(shown(), ElementsAre("1 Failed", "2 Failed (Missing)", "3 Pending"));
    EXPECT_THAT(found(), ElementsAre("Detected failed migration to version 1 (step 1)",
                                     "Detected failed migration to version 2 (step 2)"));
}

TEST_F(StatusTest, ARepeatableWithAnotherChecksumIsOutdatedAndRunsAgain) {
    changelog.migrations = {repeatable("views", 8)};
    ran("views", 6), ran("views", 7);
    EXPECT_THAT(shown(), ElementsAre("views Superseded", "views Outdated", "views Pending"));
    EXPECT_THAT(pending(), ElementsAre("R views"));
    EXPECT_THAT(found(true), ElementsAre("Detected outdated resolved repeatable migration that should be re-applied to database: views"));
    changelog.migrations[0].equivalentChecksum = 7;  // of the text before its placeholders were filled in
    EXPECT_THAT(shown(), ElementsAre("views Superseded", "views Success"));
}

TEST_F(StatusTest, ARepeatableThatStoppedHalfWayIsNotPendingBeside) {
    changelog.migrations = {repeatable("views", 8)};
    ran("views", 7), ran("views", 8, false);
    EXPECT_THAT(shown(), ElementsAre("views Superseded", "views Failed"));
    EXPECT_THAT(pending(), IsEmpty());
}

TEST_F(StatusTest, TombstonesAndUndoRowsMakeAMigrationPendingAgain) {
    changelog.migrations = {versioned("1"), versioned("2")};
    row("1"), row("2"), row("2", "DELETE");
    EXPECT_THAT(shown(), ElementsAre("1 Success", "2 Deleted", "2 Success", "2 Pending"));
    rows.back().type = "UNDO_SQL";
    EXPECT_THAT(shown(), ElementsAre("1 Success", "2 Undone", "2 Success", "2 Pending"));
    row("2");
    EXPECT_THAT(pending(), IsEmpty());
    EXPECT_THAT(undoable(), ElementsAre("2", "1"));
}

TEST_F(StatusTest, AnUndoThatStoppedHalfWayHasUndoneNothingYet) {
    changelog.migrations = {versioned("1")};
    row("1"), row("1", "DELETE", false);
    EXPECT_THAT(shown(), ElementsAre("1 Success", "1 Failed"));
    EXPECT_THAT(undoable(), ElementsAre("1"));
    EXPECT_THAT(pending(), IsEmpty());
}

TEST_F(StatusTest, OnlyWhatRanAsAMigrationCanBeUndoneTheLatestFirst) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3"), repeatable("views")};
    row(nullptr, "SCHEMA"), row("1", "BASELINE"), row("3"), row("2"), ran("views"), row("4", "SQL", false);
    EXPECT_THAT(undoable(), ElementsAre("2", "3"));
}

TEST_F(StatusTest, ValidateSpeaksOfTheFirstThingThatIsWrongWithAMigration) {
    changelog.migrations = {versioned("1", -182562255), versioned("2"), versioned("3"), versioned("4")};
    row("1").checksum = -1030005526;
    row("2", "JDBC").checksum = 99;
    row("3").description = "another name";
    row("4").checksum.reset();  // a row that other tools wrote without one
    EXPECT_THAT(found(), ElementsAre("Migration checksum mismatch for migration version 1\n"
                                     "-> Applied to database : -1030005526\n"
                                     "-> Resolved locally    : -182562255",
                                     "Migration type mismatch for migration version 2\n"
                                     "-> Applied to database : JDBC\n"
                                     "-> Resolved locally    : SQL",
                                     "Migration description mismatch for migration version 3\n"
                                     "-> Applied to database : another name\n"
                                     "-> Resolved locally    : step 3"));
}

TEST_F(StatusTest, ValidateToldOfPendingMigrationsOnlyWhenAsked) {
    changelog.migrations = {versioned("1"), versioned("2"), versioned("3"), repeatable("views")};
    row("1"), row("3");
    EXPECT_THAT(found(), ElementsAre("Detected resolved migration not applied to database: version 2"));
    EXPECT_THAT(found(true), ElementsAre("Detected resolved migration not applied to database: version 2",
                                         "Detected resolved migration not applied to database: repeatable views"));
    patterns = {"repeatable:pending", "versioned:ignored"};
    EXPECT_THAT(found(true), IsEmpty());
}

TEST_F(StatusTest, APatternThatDoesNotParseIsRefused) {
    for (const char* pattern : {"future", "*:success", "any:future", "*:future:x", ""}) {
        const Error error = tests::errorOf([&] { validate({}, {pattern}, false); });
        EXPECT_EQ(error.code, "config-pattern") << pattern;
        EXPECT_EQ(error.message, "'" + std::string(pattern) + "' is no pattern for ignoreMigrationPatterns");
    }
    EXPECT_NO_THROW(validate({}, {"*:*", " Versioned : Missing "}, false));
}

}  // namespace
}  // namespace slipway::apply
