// Texts that are known before they are executed: the argument of EXECUTE.

#include <charconv>

#include "base/text.h"
#include "engines/postgres/predict/plpgsql.h"

namespace slipway::postgres {

namespace {

std::string quotedLiteral(const std::string& text) {
    std::string quoted = "'";
    for (const char each : text) {
        if (each == '\'') quoted += '\'';
        quoted += each;
    }
    return quoted + "'";
}

/// format() with %s, %I, %L and %%, also with positions as in %1$I; widths are not read.
std::optional<std::string> formatted(const std::string& pattern, const std::vector<std::string>& values) {
    std::string text;
    size_t next = 0;
    for (size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            text += pattern[i];
            continue;
        }
        if (++i == pattern.size()) return std::nullopt;
        if (pattern[i] == '%') {
            text += '%';
            continue;
        }
        size_t position = next;
        const char* begin = pattern.data() + i;
        if (const auto [end, failure] = std::from_chars(begin, pattern.data() + pattern.size(), position);
            failure == std::errc()) {
            i += static_cast<size_t>(end - begin);
            if (i + 1 >= pattern.size() || pattern[i] != '$' || position == 0) return std::nullopt;
            --position;
            ++i;
        }
        if (position >= values.size()) return std::nullopt;
        next = position + 1;
        switch (pattern[i]) {
            case 's':
                text += values[position];
                break;
            case 'I':
                text += sqlName(values[position]);
                break;
            case 'L':
                text += quotedLiteral(values[position]);
                break;
            default:
                return std::nullopt;
        }
    }
    return text;
}

std::optional<std::string> called(const Node& call, const Constants& constants) {
    std::vector<std::string> values;
    for (const Node& each : call.list("args")) {
        const auto value = constantText(each, constants);
        if (!value) return std::nullopt;
        values.push_back(*value);
    }
    const std::string_view name = call.names("funcname").back();
    if (values.empty()) return std::nullopt;
    if (name == "format") return formatted(values[0], {values.begin() + 1, values.end()});
    if (name == "concat") {
        std::string text;
        for (const std::string& each : values) text += each;
        return text;
    }
    if (values.size() != 1) return std::nullopt;
    if (name == "quote_ident") return sqlName(values[0]);
    if (name == "quote_literal") return quotedLiteral(values[0]);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> constantText(const Node& expression, const Constants& constants) {
    if (expression.is("A_Const"))
        return expression.flag("isnull") ? std::nullopt : std::optional(valueText(expression));
    if (expression.is("TypeCast")) return constantText(expression.node("arg"), constants);
    if (expression.is("FuncCall")) return called(expression, constants);
    if (expression.is("ColumnRef")) {
        const auto name = expression.names("fields");
        const auto found = name.size() == 1 ? constants.find(name[0]) : constants.end();
        return found == constants.end() ? std::nullopt : std::optional(found->second);
    }
    if (!expression.is("A_Expr") || expression.text("kind") != "AEXPR_OP" || expression.names("name").back() != "||")
        return std::nullopt;
    const auto left = constantText(expression.node("lexpr"), constants),
               right = constantText(expression.node("rexpr"), constants);
    return left && right ? std::optional(*left + *right) : std::nullopt;
}

}  // namespace slipway::postgres
