#include "engines/postgres/predict/parsed.h"

#include <pg_query.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

namespace slipway::postgres {

std::string withNegativeConstants(std::string_view tree, std::string_view text) {
    // An A_Const has the place of its sign. That of an option, as in INCREMENT BY -1, is where its words begin.
    constexpr std::string_view constant = R"("ival":{},"location":)",
                               option = R"("Integer":{}},"defaction":"DEFELEM_UNSPEC","location":)";
    std::string repaired;
    size_t done = 0;
    for (size_t at = tree.find(":{}"); at != std::string_view::npos; at = tree.find(":{}", at + 1)) {
        const size_t begin = tree.rfind('"', at - 2);
        const std::string_view from = tree.substr(begin);
        const bool isOption = from.starts_with(option);
        if (!isOption && !from.starts_with(constant)) continue;
        const std::string_view number = from.substr(isOption ? option.size() : constant.size());
        size_t place = 0;
        std::from_chars(number.data(), number.data() + number.size(), place);
        if (isOption) place = text.find_first_of("-+0123456789", place);
        if (place >= text.size() || text[place] != '-') continue;
        const size_t digits = text.find_first_not_of(" \t\r\n", place + 1);
        const size_t end = std::min(text.find_first_not_of("0123456789", digits), text.size());
        if (digits == std::string_view::npos || end == digits) continue;
        constexpr size_t braces = 2;  // ":{"
        repaired.append(tree, done, at + braces - done).append(R"("ival":-)").append(text, digits, end - digits);
        done = at + braces;
    }
    return repaired.append(tree, done);
}

namespace {

/// What was parsed lately, on one thread.
class Recent {
  public:
    template <class Read>
    Parsed get(std::string_view text, const Read& read) {
        if (const auto known = trees_.find(text); known != trees_.end()) return known->second;
        std::string kept(text);
        Parsed parsed = read(kept);
        if (bytes_ + kept.size() > mostBytes) trees_.clear(), bytes_ = 0;
        if (kept.size() > mostBytes) return parsed;
        bytes_ += kept.size();
        return trees_.emplace(std::move(kept), std::move(parsed)).first->second;
    }

  private:
    /// Of text; simdjson's document takes a hundred times as much.
    static constexpr size_t mostBytes = size_t{1} << 15;
    std::map<std::string, Parsed, std::less<>> trees_;
    size_t bytes_ = 0;
};

}  // namespace

Parsed Parsed::sql(std::string_view text) {
    static thread_local Recent recent;
    return recent.get(text, readSql);
}

Parsed Parsed::plpgsql(std::string_view statement) {
    static thread_local Recent recent;
    return recent.get(statement, readPlpgsql);
}

Parsed Parsed::readSql(const std::string& text) {
    Parsed parsed;
    const PgQueryParseResult tree = pg_query_parse(text.c_str());
    const std::unique_ptr<const PgQueryParseResult, void (*)(const PgQueryParseResult*)> freed(
        &tree, [](const PgQueryParseResult* result) { pg_query_free_parse_result(*result); });
    if (tree.error) {
        parsed.error_ = tree.error->message;
        return parsed;
    }
    parsed.parser_ = std::make_shared<simdjson::dom::parser>();
    simdjson::dom::element root;
    if (parsed.parser_->parse(withNegativeConstants(tree.parse_tree, text)).get(root)) {
        parsed.error_ = "it nests too deeply";
        return parsed;
    }
    for (const Node& each : Node(root).list("stmts")) {
        Statement statement{each.node("stmt"), static_cast<size_t>(each.number("stmt_location")),
                            static_cast<size_t>(each.number("stmt_len"))};
        // A last statement without a semicolon has no length.
        if (statement.length == 0) statement.length = text.size() - statement.begin;
        parsed.statements_.push_back(statement);
    }
    return parsed;
}

Parsed Parsed::readPlpgsql(const std::string& statement) {
    Parsed parsed;
    const PgQueryPlpgsqlParseResult tree = pg_query_parse_plpgsql(statement.c_str());
    const std::unique_ptr<const PgQueryPlpgsqlParseResult, void (*)(const PgQueryPlpgsqlParseResult*)> freed(
        &tree, [](const PgQueryPlpgsqlParseResult* result) { pg_query_free_plpgsql_parse_result(*result); });
    if (tree.error) {
        parsed.error_ = tree.error->message;
        return parsed;
    }
    parsed.parser_ = std::make_shared<simdjson::dom::parser>();
    simdjson::dom::element root;
    simdjson::dom::array functions;
    if (parsed.parser_->parse(tree.plpgsql_funcs, std::char_traits<char>::length(tree.plpgsql_funcs)).get(root) ||
        root.get(functions)) {
        parsed.error_ = "it nests too deeply";
        return parsed;
    }
    for (simdjson::dom::element each : functions) {
        simdjson::dom::element function;
        if (each["PLpgSQL_function"].get(function) == simdjson::SUCCESS)
            parsed.statements_.push_back({Node(function, "PLpgSQL_function"), 0, 0});
    }
    return parsed;
}

}  // namespace slipway::postgres
