#include "changelogs/header.h"

namespace slipway::changelogs {
namespace {

std::vector<std::string> shown(const std::string& text) {
    std::vector<std::string> lines;
    for (const HeaderField& field : parseHeader(text).fields)
        lines.push_back(fmt::format("{}: {} = {} [{}]", field.line, field.name, field.value, field.span.of(text)));
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Header, ReadsTheFieldsOfALineComment) {
    EXPECT_EQ(
        shown("-- Migration: Add Payment Processing System\n"
              "-- Ticket: PAY-456\n"
              "-- Dependencies: V022 (users table must exist)\n"
              "-- Impact: ~500ms downtime for index creation\n"
              "-- Rollback: U023__Remove_payment_processing_tables.sql\n"
              "\n"
              "-- Create payments table with audit trail\n"
              "CREATE TABLE payments (id bigserial);\n"
              "-- Author: too late\n"),
        (Lines{
            "1: Migration = Add Payment Processing System [Add Payment Processing System]",
            "2: Ticket = PAY-456 [PAY-456]",
            "3: Dependencies = V022 (users table must exist) [V022 (users table must exist)]",
            "4: Impact = ~500ms downtime for index creation [~500ms downtime for index creation]",
            "5: Rollback = U023__Remove_payment_processing_tables.sql [U023__Remove_payment_processing_tables.sql]"}));
}

TEST(Header, JoinsContinuationLines) {
    EXPECT_EQ(
        shown("-- Purpose: one\n--   two\n--   Three: four\n-- Data Owner: team\nSELECT 1;"),
        (Lines{"1: Purpose = one two Three: four [one\n--   two\n--   Three: four]", "4: Data Owner = team [team]"}));
    EXPECT_EQ(shown("-- Dependencies:\n--   V1\n-- and so on\n--     more"), (Lines{"1: Dependencies = V1 [V1]"}));
}

TEST(Header, ReadsBlockComments) {
    EXPECT_EQ(shown("/* Purpose: one\n   Author: two */ CREATE TABLE x ();"),
              (Lines{"1: Purpose = one [one]", "2: Author = two [two]"}));
    EXPECT_EQ(shown("\xEF\xBB\xBF/**\r\n * Purpose: one\r\n *   more\r\n * Author: two\r\n */\r\nSELECT 1;"),
              (Lines{"2: Purpose = one more [one\r\n *   more]", "4: Author = two [two]"}));
}

TEST(Header, PassesOverWhatIsNoField) {
    EXPECT_EQ(shown("-- See https://example.com\n-- This will delete all: data\n-- Phase 1: EXPAND\n-- note: "
                    "lower\n--\nSELECT 1;"),
              Lines{});
    EXPECT_EQ(shown("SELECT 1; -- Author: x"), Lines{});
    EXPECT_EQ(shown(""), Lines{});
    EXPECT_EQ(shown("-- Author:"), (Lines{"1: Author =  []"}));
}

TEST(Header, CountsCharactersBeforeAValueAsBytes) {
    EXPECT_EQ(shown("-- Purpose: café\n-- Author: Zoë"), (Lines{"1: Purpose = café [café]", "2: Author = Zoë [Zoë]"}));
}

TEST(Comments, AreSkippedUpToTheFirstStatement) {
    EXPECT_EQ(skipComments("  -- a\n/* b /* nested */ */ SELECT"), 28u);
    EXPECT_EQ(skipComments("-- only\n/* comments */\n"), 23u);
    EXPECT_EQ(skipComments("/* never ends"), 0u);
    EXPECT_EQ(skipComments("- 1"), 0u);
}

}  // namespace
}  // namespace slipway::changelogs
