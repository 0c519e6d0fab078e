#include "changelogs/flyway_names.h"

#include "base/text.h"

namespace slipway::changelogs {

const std::vector<CallbackEvent>& callbackEvents() {
    static const std::vector<CallbackEvent> events = {{"beforeMigrate", true},
                                                      {"beforeEachMigrate", true},
                                                      {"afterEachMigrate", true},
                                                      {"afterEachMigrateError", true},
                                                      {"afterVersioned", true},
                                                      {"beforeRepeatables", true},
                                                      {"afterMigrateApplied", true},
                                                      {"afterMigrate", true},
                                                      {"afterMigrateError", true},
                                                      {"beforeEachMigrateStatement", false},
                                                      {"afterEachMigrateStatement", false},
                                                      {"afterEachMigrateStatementError", false},
                                                      {"afterMigrateOperationFinish", false},
                                                      {"beforeUndo", false},
                                                      {"beforeEachUndo", false},
                                                      {"beforeEachUndoStatement", false},
                                                      {"afterEachUndoStatement", false},
                                                      {"afterEachUndoStatementError", false},
                                                      {"afterEachUndo", false},
                                                      {"afterEachUndoError", false},
                                                      {"afterUndo", false},
                                                      {"afterUndoError", false},
                                                      {"afterUndoOperationFinish", false},
                                                      {"beforeClean", false},
                                                      {"afterClean", false},
                                                      {"afterCleanError", false},
                                                      {"afterCleanOperationFinish", false},
                                                      {"beforeInfo", false},
                                                      {"afterInfo", false},
                                                      {"afterInfoError", false},
                                                      {"afterInfoOperationFinish", false},
                                                      {"beforeValidate", false},
                                                      {"afterValidate", false},
                                                      {"afterValidateError", false},
                                                      {"afterValidateOperationFinish", false},
                                                      {"beforeBaseline", false},
                                                      {"afterBaseline", false},
                                                      {"afterBaselineError", false},
                                                      {"afterBaselineOperationFinish", false},
                                                      {"beforeRepair", false},
                                                      {"afterRepair", false},
                                                      {"afterRepairError", false},
                                                      {"afterRepairOperationFinish", false},
                                                      {"createSchema", false},
                                                      {"beforeCreateSchema", false},
                                                      {"beforeConnect", false},
                                                      {"afterConnect", false}};
    return events;
}

NameGrammar::NameGrammar(const ProjectSettings& settings)
    : suffixes_(settings.sqlMigrationSuffixes), separator_(settings.sqlMigrationSeparator) {
    prefixes_ = {{settings.sqlMigrationPrefix, ScriptName::Kind::versioned},
                 {settings.undoSqlMigrationPrefix, ScriptName::Kind::undo},
                 {settings.baselineMigrationPrefix, ScriptName::Kind::baseline},
                 {settings.repeatableSqlMigrationPrefix, ScriptName::Kind::repeatable}};
    for (const CallbackEvent& event : callbackEvents()) prefixes_.push_back({event.name, ScriptName::Kind::callback});
    std::ranges::stable_sort(prefixes_, std::greater{}, [](const Prefix& prefix) { return prefix.text.size(); });
}

std::optional<std::string> NameGrammar::stem(std::string_view file) const {
    for (const std::string& suffix : suffixes_)
        if (file.size() >= suffix.size() && equalsIgnoringCase(file.substr(file.size() - suffix.size()), suffix))
            return std::string(file.substr(0, file.size() - suffix.size()));
    return std::nullopt;
}

std::optional<ScriptName> NameGrammar::parse(std::string_view stem, std::string& why) const {
    const auto prefix = std::ranges::find_if(prefixes_, [&](const Prefix& p) { return stem.starts_with(p.text); });
    if (prefix == prefixes_.end()) {
        why = "its name begins with no prefix of the project";
        return std::nullopt;
    }
    const std::string_view rest = stem.substr(prefix->text.size());
    const size_t cut = rest.find(separator_);
    const std::string_view left = rest.substr(0, cut);
    ScriptName name{.kind = prefix->kind};
    if (cut != std::string_view::npos)
        name.description = replaceAll(std::string(rest.substr(cut + separator_.size())), "_", " ");
    if (prefix->kind == ScriptName::Kind::callback || prefix->kind == ScriptName::Kind::repeatable) {
        if (!left.empty()) {
            why = fmt::format("'{}' stands between '{}' and the separator '{}'", left, prefix->text, separator_);
            return std::nullopt;
        }
        if (prefix->kind == ScriptName::Kind::callback) {
            name.event = prefix->text;
        } else if (name.description.empty()) {
            why = "it has no description";
            return std::nullopt;
        }
        return name;
    }
    name.version = Version::parse(left);
    if (name.version) return name;
    why = left.empty() ? fmt::format("there is no version after '{}'", prefix->text)
                       : fmt::format("'{}' is no version", left);
    return std::nullopt;
}

}  // namespace slipway::changelogs
