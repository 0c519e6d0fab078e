#include "engines/postgres/predict/parsed.h"

#include <pg_query.h>

#include <memory>

namespace slipway::postgres {

Parsed Parsed::sql(std::string_view text) {
    Parsed parsed;
    const std::string terminated(text);
    const PgQueryParseResult tree = pg_query_parse(terminated.c_str());
    const std::unique_ptr<const PgQueryParseResult, void (*)(const PgQueryParseResult*)> freed(
        &tree, [](const PgQueryParseResult* result) { pg_query_free_parse_result(*result); });
    if (tree.error) {
        parsed.error_ = tree.error->message;
        return parsed;
    }
    parsed.parser_ = std::make_unique<simdjson::dom::parser>();
    simdjson::dom::element root;
    if (parsed.parser_->parse(tree.parse_tree, std::char_traits<char>::length(tree.parse_tree)).get(root)) {
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

Parsed Parsed::plpgsql(const std::string& statement) {
    Parsed parsed;
    const PgQueryPlpgsqlParseResult tree = pg_query_parse_plpgsql(statement.c_str());
    const std::unique_ptr<const PgQueryPlpgsqlParseResult, void (*)(const PgQueryPlpgsqlParseResult*)> freed(
        &tree, [](const PgQueryPlpgsqlParseResult* result) { pg_query_free_plpgsql_parse_result(*result); });
    if (tree.error) {
        parsed.error_ = tree.error->message;
        return parsed;
    }
    parsed.parser_ = std::make_unique<simdjson::dom::parser>();
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
