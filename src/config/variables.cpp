#include "config/variables.h"

#include <unistd.h>

#include <cstdlib>

#include "base/text.h"

namespace slipway::config {

std::optional<std::string> processEnvironment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> variablesWith(std::string_view prefix) {
    std::vector<std::string> names;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; variable++) {
        const std::string_view name = std::string_view(*variable).substr(0, std::string_view(*variable).find('='));
        if (name.starts_with(prefix) && name.size() > prefix.size()) names.emplace_back(name);
    }
    std::ranges::sort(names);
    return names;
}

Expanded expand(std::string_view text, const Getenv& getenv, const Place& place) {
    Expanded out;
    while (!text.empty()) {
        const size_t begin = text.find("${");
        const size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
        if (end == std::string_view::npos) break;
        std::string name(text.substr(begin + 2, end - begin - 2));
        if (name.starts_with("env.")) name.erase(0, 4);
        if (const size_t dot = name.find('.'); dot != std::string::npos)
            throw configError("config-unsupported",
                              fmt::format("Slipway has no resolver '{}' for ${{{}}}", name.substr(0, dot), name),
                              "put the secret into a variable of the environment and write ${NAME}", place);
        const std::optional<std::string> value = getenv(name);
        if (!value && out.missing.empty()) out.missing = name;
        out.text += text.substr(0, begin);
        out.text += value.value_or("");
        out.used = true;
        text.remove_prefix(end + 1);
    }
    out.text += text;
    return out;
}

Value expandAll(const Value& value, const Getenv& getenv, const Place& place) {
    auto one = [&](const std::string& text) {
        const Expanded expanded = expand(text, getenv, place);
        if (!expanded.missing.empty())
            throw configError("config-variable",
                              fmt::format("the variable {} is not set in the environment", expanded.missing),
                              fmt::format("set {}, or write the value itself", expanded.missing), place);
        return expanded.text;
    };
    if (const auto* text = std::get_if<std::string>(&value)) return one(*text);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        std::vector<std::string> out;
        for (const std::string& text : *list) out.push_back(one(text));
        return out;
    }
    return value;
}

bool holdsPassword(std::string_view url) {
    auto literal = [](std::string_view password) { return !password.empty() && !password.contains("${"); };
    if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        const std::string_view rest = url.substr(scheme + 3);
        const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
        const size_t at = authority.rfind('@');
        const size_t colon = authority.find(':');
        if (at != std::string_view::npos && colon < at && literal(authority.substr(colon + 1, at - colon - 1)))
            return true;
    }
    const std::string small = lower(url);
    for (size_t at = small.find("password"); at != std::string::npos; at = small.find("password", at + 1)) {
        const size_t equals = small.find_first_not_of(' ', at + 8);
        if (equals == std::string::npos || small[equals] != '=') continue;
        const std::string_view value = trim(url.substr(equals + 1));
        if (literal(value.substr(0, value.find_first_of("& ")))) return true;
    }
    return false;
}

}  // namespace slipway::config
