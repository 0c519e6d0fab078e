// Releases to be told by the formats.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "reports/format.h"

namespace slipway::reports {

/// A script that grows by statements, each on lines of its own.
class ReleaseOf {
  public:
    explicit ReleaseOf(const std::string& file = "db/V1__a.sql") {
        release.serverVersion = 15;
        script().id = "1";
        script().script.file = file;
    }

    JudgedScript& script() { return release.scripts.empty() ? release.scripts.emplace_back() : release.scripts.back(); }

    ReleaseOf& statement(const std::string& sql, std::vector<Effect> effects = {}) {
        std::string& text = script().script.text;
        JudgedStatement& one = script().statements.emplace_back();
        one.statement.span = {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(text.size() + sql.size())};
        one.statement.kind = "alter_table";
        one.effects.effects = std::move(effects);
        text += sql + ";\n";
        return *this;
    }

    ReleaseOf& found(Severity severity, int line, int column, const std::string& rule = "some-rule", const std::string& message = "it is wrong") {
        script().findings.push_back({rule, severity, script().script.file, line, column, message, "make it right"});
        return *this;
    }

    ReleaseEffects release;
};

inline std::string told(const char* format, const ReleaseEffects& release, const std::string& docsUrl = "") {
    std::string text;
    formatNamed(format)->write(release, {.version = "1.2.3", .docsUrl = docsUrl, .notes = true}, [&](std::string_view lines) { text.append(lines).append("\n"); });
    return text;
}

inline std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

const Effect orders{.relation = "public.orders", .lock = LockMode::accessExclusive, .rewrites = true, .scans = true};
const Effect ordersKey{.relation = "public.orders_pkey", .kind = RelationKind::index, .lock = LockMode::accessExclusive, .rebuilds = true};

}  // namespace slipway::reports
