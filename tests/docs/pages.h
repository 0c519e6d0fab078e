// The pages of the documentation, as far as tests have to understand them.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace slipway::tests {

inline std::string readSource(const std::string& name) {
    std::ifstream in(std::filesystem::path(SLIPWAY_SOURCE) / name, std::ios::binary);
    if (!in) throw std::runtime_error(name + " cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All .cpp files below src, by name.
inline std::map<std::string, std::string> sources() {
    std::map<std::string, std::string> files;
    const std::filesystem::path root(SLIPWAY_SOURCE);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "src"))
        if (entry.path().extension() == ".cpp") {
            const std::string name = std::filesystem::relative(entry.path(), root).string();
            files[name] = readSource(name);
        }
    return files;
}

/// What the groups of `pattern` caught in `text`, from all its matches.
inline std::set<std::string> caught(const std::string& text, const char* pattern) {
    std::set<std::string> words;
    const std::regex expression(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match)
        for (size_t group = 1; group < match->size(); group++)
            if ((*match)[group].matched) words.insert((*match)[group].str());
    return words;
}

/// The `words` that a page sets in code style, anywhere.
inline std::set<std::string> codeWords(const std::string& page) { return caught(page, "`([^`\n]+)`"); }

/// The rows of a page's tables, their cells trimmed; the heading above each ("## Findings" without its marks) comes first.
inline std::vector<std::vector<std::string>> tableRows(const std::string& page) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(page);
    std::string heading;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("## ")) heading = line.substr(3);
        if (!line.starts_with("| ")) continue;
        std::vector<std::string> row = {heading};
        std::istringstream cells(line.substr(1));
        for (std::string cell; std::getline(cells, cell, '|');) {
            const size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
            row.push_back(cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// The code words in the first cells of the tables under a heading; of all tables without one.
inline std::set<std::string> documented(const std::string& page, const std::string& heading = "") {
    std::set<std::string> words;
    for (const auto& row : tableRows(page))
        if (heading.empty() || row[0] == heading) words.merge(codeWords(row[1]));
    return words;
}

}  // namespace slipway::tests
