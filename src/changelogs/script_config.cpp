#include "changelogs/script_config.h"

#include "base/error.h"
#include "base/files.h"
#include "base/properties.h"
#include "base/text.h"
#include "changelogs/placeholders.h"

namespace slipway::changelogs {

namespace {

Error invalid(const std::string& shown, int line, std::string message, std::string hint) {
    return Error("script-config-invalid", Exit::usage, std::move(message), std::move(hint)).at(shown, line);
}

/// Evaluates shouldExecute by recursive descent; nullopt when the expression is not well formed.
class Condition {
  public:
    explicit Condition(std::string_view text) : rest_(text) {}

    std::optional<bool> evaluate() {
        const std::optional<bool> value = either();
        return trim(rest_).empty() ? value : std::nullopt;
    }

  private:
    bool take(std::string_view token) {
        rest_ = trim(rest_);
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }

    std::optional<bool> either() {
        std::optional<bool> value = both();
        while (value && take("||")) {
            const std::optional<bool> right = both();
            value = right ? std::optional(*value || *right) : std::nullopt;
        }
        return value;
    }

    std::optional<bool> both() {
        std::optional<bool> value = term();
        while (value && take("&&")) {
            const std::optional<bool> right = term();
            value = right ? std::optional(*value && *right) : std::nullopt;
        }
        return value;
    }

    std::optional<bool> term() {
        if (take("(")) {
            const std::optional<bool> value = either();
            return take(")") ? value : std::nullopt;
        }
        const std::string_view left = operand();
        const bool equal = take("==");
        if (equal || take("!=")) return (left == operand()) == equal;
        if (equalsIgnoringCase(left, "true")) return true;
        if (equalsIgnoringCase(left, "false")) return false;
        return std::nullopt;
    }

    std::string_view operand() {
        size_t end = 0;
        while (end < rest_.size()) {
            const std::string_view here = rest_.substr(end);
            if (here.starts_with("==") || here.starts_with("!=") || here.starts_with("&&") || here.starts_with("||") ||
                here[0] == '(' || here[0] == ')')
                break;
            end++;
        }
        const std::string_view text = trim(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return text;
    }

    std::string_view rest_;
};

bool flag(const Property& property, const std::string& shown) {
    if (equalsIgnoringCase(property.value, "true")) return true;
    if (equalsIgnoringCase(property.value, "false")) return false;
    throw invalid(shown, property.line, fmt::format("{} is neither true nor false: '{}'", property.key, property.value),
                  fmt::format("write {}=true or {}=false", property.key, property.key));
}

bool condition(const Property& property, const std::string& shown, const ProjectSettings& settings) {
    const ScriptText filled = Placeholders(settings, {}).fill(property.value, shown);
    const std::optional<bool> value = Condition(filled.text).evaluate();
    if (!value)
        throw invalid(shown, property.line, fmt::format("shouldExecute cannot be understood: '{}'", filled.text),
                      "write true, false, A==B or A!=B, joined by && and || and grouped by parentheses");
    return *value;
}

}  // namespace

ScriptConfig readScriptConfig(const std::string& path, const std::string& shown, const ProjectSettings& settings) {
    ScriptConfig config;
    for (const Property& property : parseProperties(readScript(path, shown))) {
        if (property.key == "executeInTransaction") {
            config.executeInTransaction = flag(property, shown);
        } else if (property.key == "placeholderReplacement") {
            config.placeholderReplacement = flag(property, shown);
        } else if (property.key == "encoding") {
            config.encoding = property.value;
        } else if (property.key == "shouldExecute") {
            config.shouldExecute = condition(property, shown, settings);
        } else {
            static const std::vector<std::string> known = {"executeInTransaction", "placeholderReplacement", "encoding",
                                                           "shouldExecute"};
            const std::string near = nearest(property.key, known);
            throw invalid(shown, property.line, fmt::format("a script cannot be configured with '{}'", property.key),
                          near.empty() ? fmt::format("use one of: {}", join(known, ", "))
                                       : fmt::format("did you mean '{}'?", near));
        }
    }
    return config;
}

}  // namespace slipway::changelogs
