#include "reports/effect_words.h"

#include <tuple>

#include "base/text.h"

namespace slipway::reports {

bool isTable(const Effect& effect) {
    return effect.kind != RelationKind::index && effect.kind != RelationKind::partitionedIndex && effect.kind != RelationKind::sequence;
}

bool stronger(const Effect* a, const Effect* b) {
    auto weight = [](const Effect* e) { return std::tuple(e->lock, e->rewrites, e->scans, e->drops); };
    return weight(a) > weight(b);
}

Strongest strongestOf(const StatementEffects& effects) {
    const bool anyTable = std::ranges::any_of(effects.effects, isTable);
    Strongest found;
    for (const Effect& effect : effects.effects) {
        if (anyTable && !isTable(effect)) continue;
        found.of++;
        if (!found.effect || stronger(&effect, found.effect)) found.effect = &effect;
    }
    return found;
}

std::string costOf(const Effect& effect) {
    std::vector<std::string> costs;
    if (effect.rewrites)
        costs.push_back(fmt::format("rewrites the {}", nameOf(effect.kind)));
    else if (effect.scans)
        costs.push_back(fmt::format("reads the whole {}", nameOf(effect.kind)));
    if (effect.drops) costs.emplace_back("drops it");
    if (!effect.renamedTo.empty()) costs.push_back("renames it to " + effect.renamedTo);
    return join(costs, "; ");
}

std::string rebuildsOf(const StatementEffects& effects) {
    const auto rebuilt = std::ranges::count_if(effects.effects, &Effect::rebuilds);
    if (rebuilt == 0) return "";
    if (rebuilt > 1) return "rebuilds " + count(rebuilt, "index", "indexes");
    return "rebuilds " + std::ranges::find_if(effects.effects, &Effect::rebuilds)->relation;
}

std::string inWords(const StatementEffects& effects) {
    std::string text;
    const auto [effect, of] = strongestOf(effects);
    if (effect) {
        const char* blocks = blockedBy(effect->lock);
        text = fmt::format("{} on {}{}{}", wordsFor(effect->lock), effect->relation, *blocks ? ": " : "", blocks);
        if (const std::string costs = costOf(*effect); !costs.empty()) text += "; " + costs;
        if (of > 1) text += fmt::format("; and {} more", of - 1);
    }
    if (const std::string rebuilds = rebuildsOf(effects); !rebuilds.empty()) text += "; " + rebuilds;
    if (effects.by == By::observed && !text.empty()) text += " (observed)";
    if (!effects.certain) text += fmt::format("{}perhaps more: {}", text.empty() ? "" : "; ", effects.why);
    return text;
}

std::string onOneLine(std::string_view sql, size_t most) {
    std::string line;
    for (const char c : sql.substr(0, 8 * most)) {  // enough, also where most of it is white space
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            line += c;
        else if (!line.ends_with(' '))
            line += ' ';
    }
    return abbreviate(withoutSecrets(trim(line)), most);
}

std::string_view asWritten(const ScriptText& script, const Statement& statement) {
    if (script.replacements.empty()) return statement.span.of(script.text);
    const size_t begin = script.offsetInFile(statement.span.begin);
    return std::string_view(script.raw).substr(begin, script.offsetInFile(statement.span.end) - begin);
}

}  // namespace slipway::reports
