#include "config/keys.h"

#include <charconv>

#include "base/text.h"

namespace slipway::config {

const std::vector<Key>& projectKeys() {
    using P = ProjectSettings;
    static const std::vector<Key> keys = {{"sqlMigrationPrefix", &P::sqlMigrationPrefix},
                                          {"undoSqlMigrationPrefix", &P::undoSqlMigrationPrefix},
                                          {"baselineMigrationPrefix", &P::baselineMigrationPrefix},
                                          {"repeatableSqlMigrationPrefix", &P::repeatableSqlMigrationPrefix},
                                          {"sqlMigrationSeparator", &P::sqlMigrationSeparator},
                                          {"sqlMigrationSuffixes", &P::sqlMigrationSuffixes},
                                          {"encoding", &P::encoding},
                                          {"validateMigrationNaming", &P::validateMigrationNaming},
                                          {"failOnMissingLocations", &P::failOnMissingLocations},
                                          {"placeholderReplacement", &P::placeholderReplacement},
                                          {"placeholderPrefix", &P::placeholderPrefix},
                                          {"placeholderSuffix", &P::placeholderSuffix},
                                          {"placeholderSeparator", &P::placeholderSeparator},
                                          {"table", &P::table},
                                          {"defaultSchema", &P::defaultSchema},
                                          {"schemas", &P::schemas},
                                          {"createSchemas", &P::createSchemas},
                                          {"target", &P::target},
                                          {"outOfOrder", &P::outOfOrder},
                                          {"group", &P::group},
                                          {"mixed", &P::mixed},
                                          {"executeInTransaction", &P::executeInTransaction},
                                          {"installedBy", &P::installedBy},
                                          {"lockRetryCount", &P::lockRetryCount},
                                          {"validateOnMigrate", &P::validateOnMigrate},
                                          {"skipDefaultCallbacks", &P::skipDefaultCallbacks},
                                          {"ignoreMigrationPatterns", &P::ignoreMigrationPatterns},
                                          {"baselineOnMigrate", &P::baselineOnMigrate},
                                          {"baselineVersion", &P::baselineVersion},
                                          {"baselineDescription", &P::baselineDescription},
                                          {"cleanDisabled", &P::cleanDisabled},
                                          {"initSql", &P::initSql}};
    return keys;
}

std::string snakeCase(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !out.empty() && out.back() != '.') out += '_';
        out += upper ? static_cast<char>(c + 32) : c;
    }
    return out;
}

Error configError(std::string code, std::string message, std::string hint, const Place& place) {
    return Error(std::move(code), Exit::usage, std::move(message), std::move(hint))
        .at(place.file, place.line, place.column);
}

Error unknownKey(const std::string& written, const std::vector<std::string>& known, const Place& place) {
    const std::string near = nearest(written, known);
    return configError("config-unknown-key", fmt::format("there is no key '{}'", written),
                       near.empty() ? "remove it; the reference of the configuration lists the keys"
                                    : fmt::format("did you mean '{}'?", near),
                       place);
}

Error wrongValue(const std::string& written, const std::string& wanted, const Place& place) {
    return configError("config-value", fmt::format("'{}' must be {}", written, wanted), "correct the value", place);
}

std::vector<std::string> toList(const Value& value) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
    std::vector<std::string> parts;
    if (const auto* text = std::get_if<std::string>(&value))
        for (const std::string& part : split(*text, ','))
            if (!trim(part).empty()) parts.emplace_back(trim(part));
    return parts;
}

std::string toText(const Value& value, const std::string& written, const Place& place) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<int64_t>(&value)) return std::to_string(*number);
    throw wrongValue(written, "a text in quotes", place);
}

bool toFlag(const Value& value, const std::string& written, const Place& place) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (equalsIgnoringCase(*text, "true")) return true;
        if (equalsIgnoringCase(*text, "false")) return false;
    }
    throw wrongValue(written, "true or false", place);
}

int toNumber(const Value& value, const std::string& written, const Place& place) {
    int number = 0;
    const std::string text = toText(value, written, place);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) throw wrongValue(written, "a whole number", place);
    return number;
}

namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

}  // namespace

void assign(ProjectSettings& settings, const Key& key, const Value& value, const std::string& written,
            const Place& place) {
    using P = ProjectSettings;
    std::visit(
        Overloaded{[&](std::string P::*member) { settings.*member = toText(value, written, place); },
                   [&](std::optional<std::string> P::*member) { settings.*member = toText(value, written, place); },
                   [&](bool P::*member) { settings.*member = toFlag(value, written, place); },
                   [&](std::optional<bool> P::*member) { settings.*member = toFlag(value, written, place); },
                   [&](int P::*member) { settings.*member = toNumber(value, written, place); },
                   [&](std::vector<std::string> P::*member) {
                       if (std::holds_alternative<bool>(value) || std::holds_alternative<int64_t>(value))
                           throw wrongValue(written, "a text or a list of texts", place);
                       settings.*member = toList(value);
                   }},
        key.member);
}

}  // namespace slipway::config
