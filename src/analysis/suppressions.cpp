#include "analysis/suppressions.h"

#include <algorithm>

#include "base/text.h"

namespace slipway::analysis {

namespace {

constexpr std::string_view mark = "slipway:ignore", wholeFile = "-file";

/// Reads one line comment, from behind its dashes.
void readComment(std::string_view comment, size_t at, std::optional<size_t> statement, std::vector<Suppression>& found) {
    std::string text(trim(comment));
    if (!text.starts_with(mark)) return;
    text.erase(0, mark.size());
    if (text.starts_with(wholeFile)) {
        text.erase(0, wholeFile.size());
        statement.reset();
    } else if (!statement) {
        return;  // it stands behind the last statement
    }
    const size_t colon = text.find(':');
    const std::string reason(colon == std::string::npos ? "" : trim(std::string_view(text).substr(colon + 1)));
    for (const std::string& rule : split(text.substr(0, colon), ','))
        found.push_back({lower(trim(rule)), reason, statement, at});
}

/// A gap between statements holds blanks, comments and semicolons, nothing else.
void readGap(std::string_view text, size_t begin, size_t end, std::optional<size_t> before, std::optional<size_t> after, std::vector<Suppression>& found) {
    bool sameLine = before.has_value();
    for (size_t i = begin; i < end;) {
        if (text[i] == '\n') sameLine = false;
        if (text.substr(i, 2) == "/*") {
            int depth = 0;
            for (; i < end; i++) {
                if (text.substr(i, 2) == "/*") depth++, i++;
                else if (text.substr(i, 2) == "*/" && (i++, --depth == 0)) break;
            }
            i++;
            continue;
        }
        if (text.substr(i, 2) != "--") {
            i++;
            continue;
        }
        const size_t stop = std::min(text.find('\n', i), end);
        readComment(text.substr(i + 2, stop - i - 2), i, sameLine ? before : after, found);
        i = stop;
    }
}

}  // namespace

std::vector<Suppression> suppressionsOf(const JudgedScript& script) {
    std::vector<Suppression> found;
    const std::string_view text = script.script.text;
    if (text.find(mark) == std::string_view::npos) return found;
    size_t begin = 0;
    std::optional<size_t> before;
    for (size_t i = 0; i < script.statements.size(); i++) {
        const Statement& statement = script.statements[i].statement;
        readGap(text, begin, statement.span.begin, before, i, found);
        begin = std::max(statement.span.end, statement.data.end);
        before = i;
    }
    readGap(text, begin, text.size(), before, std::nullopt, found);
    return found;
}

}  // namespace slipway::analysis
