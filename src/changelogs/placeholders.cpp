#include "changelogs/placeholders.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "changelogs/encoding.h"
#include "changelogs/layout.h"

namespace slipway::changelogs {

Placeholders::Placeholders(const ProjectSettings& settings, const std::map<std::string, std::string>& extra)
    : prefix_(settings.placeholderPrefix),
      suffix_(settings.placeholderSuffix),
      separator_(settings.placeholderSeparator) {
    if (prefix_.empty() || suffix_.empty())
        throw Error("config-value", Exit::usage, "the prefix and the suffix of placeholders must not be empty",
                    "leave placeholderPrefix and placeholderSuffix out to get ${name}");
    for (const auto& [name, value] : settings.placeholders) values_[lower(name)] = value;
    for (const auto& [name, value] : extra) add(name, value);
}

void Placeholders::add(const std::string& name, const std::string& value) {
    constexpr std::string_view builtIn = "flyway:";
    if (name.starts_with(builtIn))
        values_[lower("flyway" + separator_ + name.substr(builtIn.size()))] = value;
    else
        values_[lower(name)] = value;
}

void Placeholders::missing(std::string_view text, size_t at, std::string_view name, const std::string& shown) const {
    std::vector<std::string> known;
    for (const auto& [key, value] : values_) known.push_back(key);
    const std::string near = nearest(name, known);
    const std::string key = lower(trim(abbreviate(name, 40)));
    std::string hint = near.empty() ? "" : fmt::format("did you mean {}{}{}? ", prefix_, near, suffix_);
    hint += fmt::format(
        "give it a value: '{0} = \"...\"' under [project.placeholders] in slipway.toml, "
        "flyway.placeholders.{0}=... in flyway.conf, or the environment variable FLYWAY_PLACEHOLDERS_{1}; "
        "if it is no placeholder, write placeholderReplacement=false into {2}.conf",
        key, upper(key), shown);
    const Position position = slipway::positionOf(text, at);
    throw Error("placeholder-missing", Exit::usage,
                fmt::format("the placeholder {}{}{} has no value", prefix_, abbreviate(name, 40), suffix_), hint)
        .at(shown, position.line, position.column);
}

ScriptText Placeholders::fill(std::string text, const std::string& shown) const {
    ScriptText script{shown};
    size_t at = text.find(prefix_);
    if (at == std::string::npos) {
        script.text = std::move(text);
        return script;
    }
    std::string& filled = script.text;
    filled.reserve(text.size());
    size_t done = 0;
    for (; at != std::string::npos; at = text.find(prefix_, done)) {
        const size_t nameBegin = at + prefix_.size();
        const size_t nameEnd = std::min(text.find(suffix_, nameBegin), text.size());
        const std::string_view name = std::string_view(text).substr(nameBegin, nameEnd - nameBegin);
        const auto value = values_.find(lower(name));
        if (nameEnd == text.size() || value == values_.end()) missing(text, at, name, shown);
        filled.append(text, done, at - done);
        const size_t begin = filled.size();
        filled += value->second;
        done = nameEnd + suffix_.size();
        script.replacements.push_back({Span{static_cast<uint32_t>(at), static_cast<uint32_t>(done)},
                                       Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(filled.size())}});
    }
    filled.append(text, done);
    script.raw = std::move(text);
    return script;
}

ScriptText loadScript(const Script& script, const ProjectSettings& settings,
                      const std::map<std::string, std::string>& extra) {
    std::string text = readText(script.path, script.file, script.config.encoding.value_or(settings.encoding));
    if (!script.config.placeholderReplacement.value_or(settings.placeholderReplacement))
        return ScriptText{script.file, std::move(text)};
    Placeholders placeholders(settings, extra);
    placeholders.add("flyway:filename", fs::path(script.path).filename().string());
    return placeholders.fill(std::move(text), script.file);
}

void fillRepeatableChecksums(Changelog& changelog, const ProjectSettings& settings,
                             const std::map<std::string, std::string>& extra) {
    for (Migration& migration : changelog.migrations)
        if (migration.kind == MigrationKind::repeatable)
            migration.checksum = filledChecksum(loadScript(migration.up, settings, extra));
}

}  // namespace slipway::changelogs
