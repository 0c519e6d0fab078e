// A script long enough to be parsed by the second thread, ahead of the one that plays it.
#include <gtest/gtest.h>

#include <stdexcept>

#include "engines/postgres/predict.h"

namespace slipway::tests {

namespace {

/// So many statements that several blocks go from thread to thread, with some that do not parse or cannot run.
std::string statement(int i) {
    if (i % 97 == 13) return "SELEC 1;\n";
    if (i % 97 == 14) return "ALTER TABLE nowhere ADD COLUMN b int;\n";
    return i % 2 == 0 ? fmt::format("CREATE TABLE t{0} (a int PRIMARY KEY, b text);\n", i)
                      : fmt::format("ALTER TABLE t{0} ALTER COLUMN b SET NOT NULL;\n", i - 1);
}

constexpr int count = 1000;

std::string seen(const postgres::Predicted& one) {
    std::string text = fmt::format("{} {} {}", one.statement.kind, one.effects.certain, one.effects.why);
    for (const Effect& each : one.effects.effects) text += fmt::format(" {} {} {}", each.relation, nameOf(each.lock), each.scans);
    return text + (one.problem ? " " + one.problem->message : "");
}

TEST(ReadAhead, TellsTheSameAsOneByOne) {
    postgres::Predictor ahead(15, true), alone(15, true);
    std::string script;
    std::vector<std::string> expected;
    for (int i = 0; i < count; ++i) {
        script += statement(i);
        for (const auto& one : alone.play({.file = "one", .text = statement(i)})) expected.push_back(seen(one));
    }
    std::vector<std::string> told;
    size_t end = 0;
    ahead.play({.file = "all", .text = script}, [&](postgres::Predicted&& one) {
        EXPECT_GE(one.statement.span.begin, end);
        end = one.statement.span.end;
        told.push_back(seen(one));
    });
    EXPECT_EQ(told.size(), static_cast<size_t>(count));
    EXPECT_EQ(told, expected);
}

TEST(ReadAhead, FindsTheLineOfEachProblem) {
    std::string script;
    for (int i = 0; i < count; ++i) script += statement(i);
    postgres::Predictor predictor(15, true);
    int line = 0;
    std::vector<int> expected, found;
    for (int i = 0; i < count; ++i)
        if (++line; i % 97 == 14) expected.push_back(line);
    for (const auto& one : predictor.play({.file = "all", .text = script}))
        if (one.problem && one.problem->message.find("nowhere") != std::string::npos) found.push_back(one.problem->line);
    EXPECT_EQ(found, expected);
}

TEST(ReadAhead, EndsWhenNobodyTakesAnyMore) {
    std::string script;
    for (int i = 0; i < count; ++i) script += statement(i);
    postgres::Predictor predictor(15, true);
    int taken = 0;
    const auto give = [&](postgres::Predicted&&) {
        if (++taken == 70) throw std::runtime_error("enough");
    };
    EXPECT_THROW(predictor.play({.file = "all", .text = script}, give), std::runtime_error);
    EXPECT_EQ(taken, 70);
    EXPECT_EQ(predictor.play({.file = "all", .text = "CREATE TABLE later (a int)"}).size(), 1U);
}

}  // namespace
}  // namespace slipway::tests
