#include "cli/failure.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace slipway::cli {

void printError(const Error& error, Terminal& terminal) {
    if (terminal.json) {
        nlohmann::ordered_json said = {{"code", error.code}, {"exit", static_cast<int>(error.exit)}, {"message", error.message}, {"hint", error.hint}};
        if (!error.file.empty()) said["file"] = error.file;
        if (error.line) said["line"] = error.line;
        if (error.column) said["column"] = error.column;
        if (!error.sqlstate.empty()) said["sqlstate"] = error.sqlstate;
        if (!error.detail.empty()) said["detail"] = error.detail;
        if (!error.sql.empty()) said["sql"] = error.sql;
        terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"error", said}}.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return;
    }
    std::string place = error.file;
    if (error.line) place += fmt::format(":{}", error.line);
    if (error.line && error.column) place += fmt::format(":{}", error.column);
    const std::string title = terminal.styled("error", Style::red);
    terminal.note(fmt::format("{}{}: {}{}", place.empty() ? "" : place + ": ", title, replaceAll(error.message, "\n", "\n  "),
                              error.sqlstate.empty() ? "" : fmt::format(" (SQLSTATE {})", error.sqlstate)));
    if (!error.sql.empty()) {
        const auto lines = split(error.sql, '\n');
        for (size_t i = 0; i < lines.size() && i < 4; i++) terminal.note("  | " + abbreviate(lines[i], 110));
        if (lines.size() > 4) terminal.note(fmt::format("  | … ({} more)", count(static_cast<int64_t>(lines.size()) - 4, "line")));
    }
    if (!error.detail.empty())
        for (const std::string& line : split(error.detail, '\n')) terminal.note("  " + line);
    terminal.note("  hint: " + error.hint);
}

}  // namespace slipway::cli
