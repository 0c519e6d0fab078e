#include "model/plan.h"

namespace slipway {
namespace {

JournalRow row(int segment, const std::string& state) {
    JournalRow journal;
    journal.segment = segment;
    journal.state = state;
    return journal;
}

TEST(Plan, KindsOfSegmentsHaveNames) {
    EXPECT_STREQ(nameOf(SegmentKind::atomic), "atomic");
    EXPECT_STREQ(nameOf(SegmentKind::verifiable), "verifiable");
    EXPECT_STREQ(nameOf(SegmentKind::opaque), "opaque");
    EXPECT_STREQ(nameOf(SegmentKind::backfill), "backfill");
}

TEST(Plan, TheJournalsLastWordOnASegmentCounts) {
    const Resumed resumed{1, {row(1, "started"), row(1, "done"), row(2, "started"), row(2, "failed"), row(3, "done"), row(3, "started")}};
    EXPECT_TRUE(resumed.done(1));
    EXPECT_FALSE(resumed.done(2));
    EXPECT_FALSE(resumed.done(3)) << "it was begun again";
    EXPECT_FALSE(resumed.done(4));
    EXPECT_EQ(resumed.lastOf(4), nullptr);
    ASSERT_NE(resumed.lastOf(2), nullptr);
    EXPECT_EQ(resumed.lastOf(2)->state, "failed");
}

TEST(Plan, ACutSaysHowASegmentIsDividedNotHowFarItCame) {
    const Resumed resumed{1, {row(1, "done"), row(1, "cut"), row(2, "cut")}};
    EXPECT_TRUE(resumed.done(1));
    EXPECT_EQ(resumed.lastOf(2), nullptr);
}

TEST(Plan, StepsAreNamedForPeople) {
    Step step;
    step.migration.version = Version::parse("4");
    step.migration.description = "Add payments";
    EXPECT_EQ(step.label(), "V4 Add payments");
    step.direction = Direction::down;
    EXPECT_EQ(step.label(), "undo of V4 Add payments");
    step.migration.description = "";
    EXPECT_EQ(step.label(), "undo of V4");
    step.direction = Direction::up;
    step.migration.kind = MigrationKind::repeatable;
    step.migration.description = "Refresh views";
    EXPECT_EQ(step.label(), "R Refresh views");
}

}  // namespace
}  // namespace slipway
