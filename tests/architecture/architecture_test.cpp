// docs/architecture.md says who may include whom; these tests hold the code to it, and the page to the code.

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/files.h"
#include "base/text.h"

namespace slipway {
namespace {

using Words = std::vector<std::string>;

/// A file of src, as far as these tests look at it.
struct Source {
    std::string path;  ///< below src: "apply/planner.cpp"
    std::string text;

    std::string folder() const { return path.substr(0, path.find('/')); }
    long lines() const { return std::ranges::count(text, '\n'); }
};

/// What the page allows.
struct Rules {
    std::map<std::string, Words> includes;           ///< folder -> folders or single headers
    std::vector<std::pair<Words, Words>> libraries;  ///< headers -> folders
    std::set<std::string> longFiles;
};

Words words(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>(in), {}};
}

/// The rows of the first table below a heading, without its head.
std::vector<Words> tableBelow(const std::string& page, const std::string& heading) {
    std::vector<Words> rows;
    std::istringstream in(page.substr(std::min(page.size(), page.find("\n## " + heading + "\n") + 1)));
    std::string line;
    for (std::getline(in, line); std::getline(in, line) && !line.starts_with("## ");) {
        if (!line.starts_with("|")) continue;
        Words cells;
        for (const std::string& cell : split(line.substr(1, line.size() - 2), '|')) cells.emplace_back(trim(cell));
        rows.push_back(cells);
    }
    if (rows.size() < 2) throw std::runtime_error("docs/architecture.md has no table below '" + heading + "'");
    rows.erase(rows.begin(), rows.begin() + 2);
    return rows;
}

Rules readRules(const std::string& page) {
    Rules rules;
    for (const Words& row : tableBelow(page, "Who may include whom"))
        rules.includes[row.at(0)] = row.at(1) == "-" ? Words{} : words(row.at(1));
    for (const Words& row : tableBelow(page, "Libraries and where they may appear"))
        rules.libraries.emplace_back(words(row.at(1)), words(row.at(2)));
    for (const Words& row : tableBelow(page, "Files over 500 lines")) rules.longFiles.insert(row.at(0));
    return rules;
}

/// A permission is a header, or a folder that stands for all headers below it.
bool covers(std::string permission, const std::string& header) {
    if (permission.ends_with(".h") || permission.ends_with(".hpp")) return permission == header;
    if (!permission.ends_with("/")) permission += '/';
    return header.starts_with(permission);
}

Words headersIn(const Source& source, char open, char close) {
    const std::regex include(std::string("(?:^|\n)[ \t]*#[ \t]*include[ \t]*") + open + "([^" + close + "\n]+)" +
                             close);
    Words headers;
    for (std::sregex_iterator it(source.text.begin(), source.text.end(), include), end; it != end; ++it)
        headers.push_back((*it)[1]);
    return headers;
}

/// Everything in which the sources and the page disagree.
std::vector<std::string> disagreements(const Rules& rules, const std::vector<Source>& sources) {
    std::vector<std::string> found;
    std::set<std::pair<std::string, std::string>> used;      // folder, permission
    std::set<std::pair<size_t, std::string>> usedLibraries;  // row, folder
    std::set<std::string> folders, longFiles;

    for (const Source& source : sources) {
        const std::string folder = source.folder();
        folders.insert(folder);
        const auto row = rules.includes.find(folder);
        if (row == rules.includes.end()) {
            found.push_back(source.path + ": the folder is not in the table of who may include whom");
            continue;
        }
        for (const std::string& header : headersIn(source, '"', '"')) {
            if (header.starts_with(folder + "/")) continue;
            const auto permission = std::ranges::find_if(row->second, [&](auto& each) { return covers(each, header); });
            if (permission == row->second.end())
                found.push_back(source.path + ": " + folder + " may not include " + header);
            else
                used.emplace(folder, *permission);
        }
        for (const std::string& header : headersIn(source, '<', '>')) {
            if (header.find_first_of("./") == std::string::npos) continue;  // C++'s own
            const auto library = std::ranges::find_if(rules.libraries, [&](const auto& each) {
                return std::ranges::any_of(each.first, [&](auto& name) { return covers(name, header); });
            });
            if (library == rules.libraries.end()) {
                found.push_back(source.path + ": <" + header + "> belongs to no library of the table");
                continue;
            }
            const Words& allowed = library->second;
            if (std::ranges::find(allowed, folder) == allowed.end() &&
                std::ranges::find(allowed, "everywhere") == allowed.end())
                found.push_back(source.path + ": <" + header + "> may not appear in " + folder);
            usedLibraries.emplace(library - rules.libraries.begin(), folder);
        }
        if (source.path.ends_with(".h")) {
            if (!source.text.starts_with("// "))
                found.push_back(source.path + ": no comment says what the header is for");
            if (source.text.find("\n#pragma once\n") == std::string::npos)
                found.push_back(source.path + ": no #pragma once");
        }
        if (source.lines() > 500) {
            longFiles.insert(source.path);
            if (!rules.longFiles.contains(source.path))
                found.push_back(source.path + ": " + std::to_string(source.lines()) +
                                " lines without a reason in the page");
        }
    }

    for (const auto& [folder, permissions] : rules.includes) {
        if (!folders.contains(folder)) found.push_back(folder + ": in the table, but no such folder in src");
        for (const std::string& permission : permissions)
            if (folders.contains(folder) && !used.contains({folder, permission}))
                found.push_back(folder + ": the permission to include " + permission + " is not used");
    }
    for (size_t i = 0; i < rules.libraries.size(); ++i)
        for (const std::string& folder : rules.libraries[i].second)
            if (folder != "everywhere" && !usedLibraries.contains({i, folder}))
                found.push_back(folder + ": the permission to use " + join(rules.libraries[i].first, " ") +
                                " is not used");
    for (const std::string& file : rules.longFiles)
        if (!longFiles.contains(file)) found.push_back(file + ": listed as long, but it is not");
    return found;
}

std::vector<Source> readSources(const fs::path& root) {
    std::vector<Source> sources;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string extension = entry.path().extension();
        if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
        sources.push_back({entry.path().lexically_relative(root).string(), readFile(entry.path())});
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

const char* const page = R"(# A page

## Who may include whom

| folder | may include |
|---|---|
| base | - |
| engines | base |
| apply | engines/engine.h base |

## Libraries and where they may appear

| library | headers | folders |
|---|---|---|
| libpq | libpq-fe.h | engines |
| fmt | fmt/ | everywhere |

## Files over 500 lines

| file | why |
|---|---|
)";

std::vector<Source> goodSources() {
    return {{"base/text.h", "// Text.\n#pragma once\n#include <string>\n"},
            {"engines/engine.h", "// The engine.\n#pragma once\n#include \"base/text.h\"\n#include <libpq-fe.h>\n"},
            {"apply/run.cpp", "#include \"engines/engine.h\"\n  #include \"base/text.h\"\n#include <fmt/format.h>\n"}};
}

TEST(Rules, AgreeWithSourcesThatKeepThem) {
    EXPECT_EQ(disagreements(readRules(page), goodSources()), std::vector<std::string>{});
}

/// What is said after one more file was added to good ones.
std::vector<std::string> saidOf(const Source& added) {
    std::vector<Source> sources = goodSources();
    sources.push_back(added);
    return disagreements(readRules(page), sources);
}

TEST(Rules, NameTheFileThatBreaksThem) {
    using Said = std::vector<std::string>;
    EXPECT_EQ(saidOf({"base/up.cpp", "#include \"apply/run.h\"\n"}),
              Said{"base/up.cpp: base may not include apply/run.h"});
    EXPECT_EQ(saidOf({"apply/deep.cpp", "#include \"engines/postgres/lock.h\"\n"}),
              Said{"apply/deep.cpp: apply may not include engines/postgres/lock.h"});
    EXPECT_EQ(saidOf({"apply/pq.cpp", "#include <libpq-fe.h>\n"}),
              Said{"apply/pq.cpp: <libpq-fe.h> may not appear in apply"});
    EXPECT_EQ(saidOf({"apply/new.cpp", "#include <boost/asio.hpp>\n"}),
              Said{"apply/new.cpp: <boost/asio.hpp> belongs to no library of the table"});
    EXPECT_EQ(saidOf({"web/page.cpp", "\n"}),
              Said{"web/page.cpp: the folder is not in the table of who may include whom"});
    EXPECT_EQ(saidOf({"base/bare.h", "int x;\n"}),
              (Said{"base/bare.h: no comment says what the header is for", "base/bare.h: no #pragma once"}));
    EXPECT_EQ(saidOf({"base/long.cpp", std::string(501, '\n')}),
              Said{"base/long.cpp: 501 lines without a reason in the page"});
}

TEST(Rules, AreReportedWhenNobodyNeedsThem) {
    const std::vector<Source> sources = {{"base/text.h", "// Text.\n#pragma once\n"}, {"apply/run.cpp", "\n"}};
    EXPECT_EQ(disagreements(readRules(std::string(page) + "| apply/run.cpp | it was long |\n"), sources),
              (std::vector<std::string>{
                  "apply: the permission to include engines/engine.h is not used",
                  "apply: the permission to include base is not used",
                  "engines: in the table, but no such folder in src",
                  "engines: the permission to use libpq-fe.h is not used",
                  "apply/run.cpp: listed as long, but it is not",
              }));
}

TEST(Architecture, IsWhatThePageSays) {
    const fs::path root = SLIPWAY_SOURCE;
    const auto found = disagreements(readRules(readFile(root / "docs/architecture.md")), readSources(root / "src"));
    EXPECT_TRUE(found.empty()) << "docs/architecture.md and src disagree:\n  " << join(found, "\n  ");
}

TEST(Architecture, HasARowForEveryFolder) {
    const fs::path root = SLIPWAY_SOURCE;
    std::set<std::string> described, allowed;
    const std::string text = readFile(root / "docs/architecture.md");
    for (const Words& row : tableBelow(text, "The folders")) described.insert(replaceAll(row.at(0), "`", ""));
    for (const Words& row : tableBelow(text, "Who may include whom")) allowed.insert(row.at(0));
    EXPECT_EQ(described, allowed);
}

}  // namespace
}  // namespace slipway
