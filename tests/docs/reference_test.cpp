// The reference says what the code says, no more and no less.
#include <gmock/gmock.h>

#include "base/process.h"
#include "config/flyway_keys.h"
#include "config/keys.h"
#include "docs/pages.h"
#include "support/folder.h"

using namespace slipway;
using namespace slipway::tests;
using testing::Contains;
using testing::IsSupersetOf;

TEST(CommandReference, IsWhatTheProgramSays) {
    Folder folder;
    const std::string page = folder.path("cli.md");
    const Outcome outcome = run({.arguments = {SLIPWAY_SOURCE "/script/generate-reference", SLIPWAY_BINARY, page}});
    ASSERT_TRUE(outcome.ok()) << outcome.errors;
    std::ifstream in(page);
    const std::string generated{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(readSource("docs/reference/cli.md"), generated) << "run script/generate-reference";
}

namespace {

/// A code where an Error is made, with the exit code that stands behind it there, if one does.
struct Made {
    std::set<std::string> exits;
    std::string file;
};

std::map<std::string, Made> errorsMade() {
    static const std::map<std::string, std::string> exits = {{"yes", "0"},     {"no", "1"},    {"usage", "2"},
                                                             {"outside", "3"}, {"doubt", "4"}, {"interrupted", "130"}};
    // Error("code", Exit::usage, ...), and the functions that make one kind of Error each.
    static const std::regex pattern(
        R"~(\b(?:Error(?: \w+)?|configError|error|duplicate|at)\((?:script, [*]?\w+, )?\s*"([a-z0-9]+(?:-[a-z0-9]+)*)",\s*(?:Exit::(\w+))?)~");
    std::map<std::string, Made> made;
    for (const auto& [file, text] : sources())
        for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
            Made& one = made[(*match)[1]];
            one.file = file;
            if ((*match)[2].matched) one.exits.insert(exits.at((*match)[2]));
        }
    return made;
}

}  // namespace

TEST(ErrorCodes, EachIsDocumentedWithItsExitCode) {
    const auto rows = tableRows(readSource("docs/reference/error-codes.md"));
    for (const auto& [code, made] : errorsMade()) {
        const auto row = std::ranges::find_if(rows, [&](const auto& r) { return r[0] != "Findings" && r[1] == "`" + code + "`"; });
        ASSERT_NE(row, rows.end()) << code << " of " << made.file << " is not in docs/reference/error-codes.md";
        EXPECT_THAT(caught((*row)[2], "([0-9]+)"), IsSupersetOf(made.exits)) << code << " of " << made.file;
    }
}

TEST(ErrorCodes, EachThatIsDocumentedExists) {
    const auto made = errorsMade();
    std::string all;
    for (const auto& [file, text] : sources()) all += text;
    for (const auto& row : tableRows(readSource("docs/reference/error-codes.md"))) {
        const std::set<std::string> codes = codeWords(row[1]);
        if (codes.empty()) continue;  // a table's head
        EXPECT_EQ(codes.size(), 1u) << row[1];
        const std::string& code = *codes.begin();
        if (row[0] == "Findings")
            EXPECT_NE(all.find('"' + code + '"'), std::string::npos) << code << " is no rule any more";
        else
            EXPECT_TRUE(made.contains(code)) << code << " is no error any more";
    }
}

TEST(ErrorCodes, RulesOfFindingsAreDocumented) {
    const auto rules = documented(readSource("docs/reference/error-codes.md"), "Findings");
    const std::string code = R"~("([a-z]+(?:-[a-z]+)+)")~";
    for (const auto& [file, text] : sources()) {
        auto all = caught(text, (R"~(\b(?:find|finding)\(\s*)~" + code + R"~(,\s*(?:fmt|Severity|found))~").c_str());
        all.merge(caught(text, (code + R"~(, Severity::)~").c_str()));
        all.merge(caught(text, (R"~(\? )~" + code + " : " + code + R"~(, \w+ \? Severity::)~").c_str()));
        for (const std::string& rule : all) EXPECT_THAT(rules, Contains(rule)) << file;
    }
}

TEST(Events, EachIsDocumented) {
    const std::string page = readSource("docs/reference/events.md");
    EXPECT_EQ(documented(page, "Events"), caught(readSource("src/model/event.cpp"), R"~(return "(\w+)")~"));
    const std::string log = readSource("src/store/run_log.cpp");
    auto fields = caught(log, R"~(give(?:Text)?\("(\w+)")~");
    fields.merge(caught(log, R"~([{,]"(\w+)":"\{\}")~"));
    EXPECT_EQ(documented(page, "Fields"), fields);
}

TEST(Configuration, EachKeyIsDocumented) {
    const std::string page = readSource("docs/reference/configuration.md");
    const std::set<std::string> words = codeWords(page);
    for (const config::Key& key : config::projectKeys())
        EXPECT_THAT(words, Contains(std::string(key.name) == "lockRetryCount" ? "lockRetryCount" : config::snakeCase(key.name)));
    for (const config::UnsupportedKey& key : config::unsupportedKeys()) {
        const std::string name = key.name;
        EXPECT_THAT(words, Contains(name.ends_with('.') ? name + "*" : name));
    }
    std::set<std::string> project;  // under the name that slipway.toml gives them
    for (const config::Key& key : config::projectKeys()) project.insert(key.name);
    for (const std::string& key : config::flywayKeys()) {
        if (project.contains(key) || key.ends_with('.')) continue;
        EXPECT_THAT(words, Contains(key));
    }
    auto own = caught(readSource("src/config/slipway_toml.cpp"), R"~(entry\.key == "(\w+)")~");
    for (const char* notAKey : {"project", "environments", "password", "lock_retry_count"}) own.erase(notAKey);
    EXPECT_THAT(words, IsSupersetOf(own));
    for (const char* key : {"executeInTransaction", "placeholderReplacement", "encoding", "shouldExecute"})
        EXPECT_THAT(words, Contains(key));
}

TEST(Configuration, EachVariableIsDocumented) {
    const std::set<std::string> words = codeWords(readSource("docs/reference/configuration.md"));
    for (const auto& [file, text] : sources())
        for (const std::string& name : caught(text, R"~((?:getenv|variable)\("(SLIPWAY_\w+|NO_COLOR|PG\w+)"\))~"))
            EXPECT_THAT(words, Contains(name)) << file;
}

TEST(Declarations, EachKeyIsDocumented) {
    const std::string page = readSource("docs/reference/declarations.md");
    const std::set<std::string> words = codeWords(page);
    EXPECT_THAT(words, IsSupersetOf(caught(readSource("src/changelogs/declarations.cpp"),
                                           R"~(table\.(?:text|neededText|answer|find)\("(\w+)"\))~")));
    for (const char* section : {"## irreversible", "## [[pre]] and [[post]]", "## [backfill]", "## [[reconcile]]"})
        EXPECT_NE(page.find(section), std::string::npos) << section;
}

namespace {

/// The anchor that a heading gets on GitHub: lower case, blanks as dashes, other signs left out.
std::string anchorOf(const std::string& heading) {
    std::string anchor;
    for (const unsigned char c : heading) {
        if (c == ' ') anchor += '-';
        else if (std::isalnum(c) || c == '-' || c == '_') anchor += static_cast<char>(std::tolower(c));
    }
    return anchor;
}

}  // namespace

TEST(Links, LeadSomewhere) {
    const std::filesystem::path root(SLIPWAY_SOURCE);
    std::vector<std::filesystem::path> pages = {root / "README.md", root / "CHANGELOG.md"};
    for (const char* folder : {"docs", "examples"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
            if (entry.path().extension() == ".md") pages.push_back(entry.path());
    for (const auto& page : pages) {
        const std::string text = readSource(std::filesystem::relative(page, root).string());
        for (const std::string& link : caught(text, R"~(\]\(([^)\s]+)\))~")) {
            if (link.contains("://")) continue;
            const std::string file = link.substr(0, link.find('#'));
            const auto target = file.empty() ? page : page.parent_path() / file;
            ASSERT_TRUE(std::filesystem::exists(target)) << page << " links to " << link;
            if (!link.contains('#')) continue;
            std::set<std::string> anchors;
            for (const std::string& heading : caught(readSource(std::filesystem::relative(target, root).string()), "\n##+ ([^\n]+)"))
                anchors.insert(anchorOf(heading));
            EXPECT_THAT(anchors, Contains(link.substr(link.find('#') + 1))) << page << " links to " << link;
        }
    }
}
