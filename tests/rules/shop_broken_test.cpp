// examples/shop-broken holds the everyday mistakes that its README numbers: what SQL can show of them is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "commands/check.h"
#include "support/folder.h"

namespace slipway::tests {

namespace {

class ShopBroken : public testing::Test {
  protected:
    ShopBroken() {
        // The project's own flyway.conf is broken, too (B36): only its scripts are looked at here.
        std::filesystem::copy(std::filesystem::path(SLIPWAY_SOURCE) / "examples/shop-broken/db", folder_.path("db"), std::filesystem::copy_options::recursive);
        std::filesystem::copy(std::filesystem::path(SLIPWAY_SOURCE) / "examples/shop-broken/tests", folder_.path("tests"), std::filesystem::copy_options::recursive);
        commands::CheckRequest request;
        request.serverVersion = 15;
        request.observe = commands::Observe::never;
        release_ = commands::check(request, {});
        request.files = {"tests/migrations/test_V023.sql"};
        const ReleaseEffects test = commands::check(request, {});
        release_.scripts.insert(release_.scripts.end(), test.scripts.begin(), test.scripts.end());
    }

    /// "rule" for each finding of the script whose file name contains `file`.
    std::vector<std::string> rules(const std::string& file) const {
        std::vector<std::string> found;
        for (const JudgedScript& script : release_.scripts)
            if (script.script.file.find(file) != std::string::npos)
                for (const Finding& each : script.findings) found.push_back(each.rule);
        return found;
    }

    Folder folder_;
    ReleaseEffects release_;
};

using testing::Contains;
using testing::Each;
using testing::Not;

TEST_F(ShopBroken, B1IndexesRepeatThoseOfUniqueConstraints) { EXPECT_THAT(rules("V001"), Contains("redundant-index").Times(2)); }
TEST_F(ShopBroken, B4TimestampsHaveNoZone) { EXPECT_THAT(rules("V001"), Contains("prefer-timestamptz")); }
TEST_F(ShopBroken, B6UndoScriptsAreMissing) {
    for (const char* file : {"V001", "V002", "V010", "V011"}) EXPECT_THAT(rules(file), Contains("undo-missing")) << file;
    EXPECT_THAT(rules("V001"), Contains("header-rollback"));
    EXPECT_THAT(rules("V002"), Contains("header-rollback"));
}
TEST_F(ShopBroken, B7ACheckOnANewTableIsHarmless) { EXPECT_THAT(rules("V001"), Not(Contains("check-not-valid"))); }
TEST_F(ShopBroken, B8TheKeyOfAPartialIndexIsConstant) { EXPECT_THAT(rules("V002"), Contains("constant-index")); }
TEST_F(ShopBroken, B9AFunctionOfOthersMayBeReplaced) { EXPECT_THAT(rules("V002"), Contains("or-replace-function")); }
TEST_F(ShopBroken, B11ADeleteCascades) { EXPECT_THAT(rules("V002"), Contains("foreign-key-cascades")); }
TEST_F(ShopBroken, B12TheColumnsAreThoseOfAnotherTable) { EXPECT_THAT(rules("V010"), Contains("unknown-column")); }
TEST_F(ShopBroken, B13TheTriggerNamesColumnsThatAreNotThere) { EXPECT_THAT(rules("V010"), Contains("trigger-unknown-column")); }
TEST_F(ShopBroken, B14RowsAreWrittenInTheTransactionOfDdl) {
    EXPECT_THAT(rules("V010"), Contains("ddl-and-dml"));
    EXPECT_THAT(rules("V010"), Contains("work-under-lock"));
}
TEST_F(ShopBroken, B19NotNullIsProvedUnderTheLock) { EXPECT_THAT(rules("V011"), Contains("set-not-null-scan")); }
TEST_F(ShopBroken, B20IfExistsHidesTheWrongTable) { EXPECT_THAT(rules("V011"), Contains("skipped").Times(testing::Ge(2))); }
TEST_F(ShopBroken, B23ATypeIsUsedBeforeItIsMade) { EXPECT_THAT(rules("V023"), Contains("unknown-object")); }
TEST_F(ShopBroken, B24ConcurrentlyOnATableOfTheSameScript) { EXPECT_THAT(rules("V023"), Contains("concurrent-index-on-new-table")); }
TEST_F(ShopBroken, B25TheHeaderDependsOnNothingThatIsThere) { EXPECT_THAT(rules("V023"), Contains("header-dependencies")); }
TEST_F(ShopBroken, B26TheHeaderPromisesADowntimeThatIsNot) { EXPECT_THAT(rules("V023"), Contains("header-impact")); }
TEST_F(ShopBroken, B28AForeignKeyLocksTheTableThatItReferences) {
    EXPECT_THAT(rules("V002"), Contains("locks-referenced-table"));
    EXPECT_THAT(rules("V023"), Contains("locks-referenced-table"));
}
TEST_F(ShopBroken, B30AnUpdateWithoutWhere) { EXPECT_THAT(rules("test_V023"), Contains("write-without-where")); }
TEST_F(ShopBroken, B31TheUndoScriptCascades) { EXPECT_THAT(rules("V023"), Contains("undo-cascade")); }

}  // namespace

}  // namespace slipway::tests
