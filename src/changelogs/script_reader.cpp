#include "changelogs/script_reader.h"

#include "base/error.h"
#include "base/text.h"
#include "changelogs/declarations.h"
#include "changelogs/encoding.h"
#include "changelogs/header.h"
#include "changelogs/layout.h"
#include "changelogs/script_config.h"

namespace slipway::changelogs {

namespace {
constexpr std::string_view declarationsSuffix = ".slipway.toml";
constexpr std::string_view configSuffix = ".conf";
}  // namespace

Script ScriptReader::script(const FoundFile& file, Header* header, std::string* text) {
    Script script{.path = file.path, .file = file.shown, .name = file.name};
    if (const FoundFile* config = location_.find(file.name + std::string(configSuffix))) {
        script.config = readScriptConfig(config->path, config->shown, settings_);
        claimed_.insert(config->name);
    }
    std::string content = readText(file.path, file.shown, script.config.encoding.value_or(settings_.encoding));
    script.checksum = flywayChecksum(content);
    script.empty = skipComments(content) == content.size();
    if (header != nullptr) *header = parseHeader(content);
    if (text != nullptr) *text = std::move(content);
    return script;
}

Declarations ScriptReader::declarations(const std::string& stem) {
    const FoundFile* file = location_.find(stem + std::string(declarationsSuffix));
    if (file == nullptr) return {};
    claimed_.insert(file->name);
    return readDeclarations(file->path, file->shown);
}

void ScriptReader::finish(std::vector<std::string>& notes) const {
    for (const FoundFile& file : location_.files()) {
        if (claimed_.contains(file.name)) continue;
        if (file.base.ends_with(declarationsSuffix))
            throw Error(
                "declarations-orphan", Exit::usage,
                "these declarations belong to no migration: there is no forward script of that name beside them",
                fmt::format("name the file like its script, as V4__x.slipway.toml beside V4__x.sql, or delete it"))
                .at(file.shown);
        if (lower(file.base).ends_with(".sql.conf"))
            notes.push_back(fmt::format("{} configures no script: there is none of that name beside it", file.shown));
    }
}

}  // namespace slipway::changelogs
