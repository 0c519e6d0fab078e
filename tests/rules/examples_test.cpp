// Every rule says with its own examples what it finds and what it does not.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/text.h"
#include "commands/check.h"
#include "rules/rule.h"
#include "support/folder.h"

namespace slipway {

namespace {

namespace fs = std::filesystem;

/// The files of an example, written into a project's folder.
void write(const tests::Folder& folder, const rules::Example& example) {
    constexpr std::string_view mark = "-- file: ";
    folder.write("flyway.conf", "flyway.locations=filesystem:sql\n");
    folder.write("sql/V1__schema.sql", rules::exampleSchema());
    std::string name = "V2__example.sql", text;
    const auto flush = [&] {
        if (!text.empty()) folder.write("sql/" + name, text);
        text.clear();
    };
    for (const std::string& line : split(example.sql, '\n')) {
        if (line.starts_with(mark)) {
            flush();
            name = line.substr(mark.size());
        } else {
            text += line + "\n";
        }
    }
    flush();
}

std::vector<Finding> findingsOf(const rules::Example& example) {
    const tests::Folder project;
    write(project, example);
    commands::CheckRequest request;
    request.since = "1";
    request.serverVersion = example.serverVersion;
    request.observe = commands::Observe::never;
    std::vector<Finding> found;
    for (const JudgedScript& script : commands::check(request, {}).scripts) found.insert(found.end(), script.findings.begin(), script.findings.end());
    return found;
}

std::string shown(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& each : findings) text += fmt::format("  {}:{}: {} [{}]\n", each.line, each.column, each.message, each.rule);
    return text;
}

class RuleExamples : public testing::TestWithParam<const rules::Rule*> {};

TEST_P(RuleExamples, BadAreFound) {
    const rules::Rule& rule = *GetParam();
    EXPECT_FALSE(rule.bad.empty());
    for (const rules::Example& example : rule.bad) {
        const auto found = findingsOf(example);
        const bool hit = std::ranges::any_of(found, [&](const Finding& each) { return each.rule == rule.id; });
        EXPECT_TRUE(hit) << rule.id << " does not find\n" << example.sql << "\nbut\n" << shown(found);
    }
}

// What is good in the eyes of one safety rule must not be bad in the eyes of another.
TEST_P(RuleExamples, GoodAreNot) {
    const rules::Rule& rule = *GetParam();
    EXPECT_FALSE(rule.good.empty());
    for (const rules::Example& example : rule.good) {
        auto found = findingsOf(example);
        std::erase_if(found, [&](const Finding& each) {
            const bool safety = each.category == Category::safety || each.category == Category::none;
            return each.rule != rule.id && !(rule.category == Category::safety && safety && each.severity != Severity::note);
        });
        EXPECT_TRUE(found.empty()) << rule.id << " holds this to be good\n" << example.sql << "\nbut there is\n" << shown(found);
    }
}

INSTANTIATE_TEST_SUITE_P(Each, RuleExamples, testing::ValuesIn(rules::allRules().begin(), rules::allRules().end()), [](const auto& tested) {
    std::string name = tested.param->id;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(Rules, IdsAreTheNamesOfTheirFiles) {
    std::set<std::string> files, ids;
    for (const auto& entry : fs::directory_iterator(fs::path(SLIPWAY_SOURCE) / "src/rules"))
        if (entry.path().extension() == ".cpp" && entry.path().stem() != "rule") files.insert(entry.path().stem().string());
    for (const rules::Rule* rule : rules::allRules()) {
        std::string name = rule->id;
        std::ranges::replace(name, '-', '_');
        EXPECT_TRUE(ids.insert(name).second) << name;
    }
    EXPECT_EQ(ids, files);
}

TEST(Rules, ReadNeitherTextNorPatterns) {
    for (const auto& entry : fs::directory_iterator(fs::path(SLIPWAY_SOURCE) / "src/rules")) {
        if (entry.path().stem() == "rule") continue;
        const std::string code = readFile(entry.path());
        for (const char* forbidden : {"<regex>", "script.text", "span.of", ".raw", "fnmatch"})
            EXPECT_EQ(code.find(forbidden), std::string::npos) << entry.path().filename() << " uses " << forbidden;
    }
}

}  // namespace

}  // namespace slipway
