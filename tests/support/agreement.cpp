#include "support/agreement.h"

#include <fmt/format.h>

#include <algorithm>

namespace slipway::tests {

namespace {

std::string describe(const Effect& effect) {
    std::string text = nameOf(effect.lock);
    if (effect.rewrites) text += " rewrites";
    if (effect.scans) text += " scans";
    if (effect.rebuilds) text += " rebuilds";
    if (effect.drops) text += " drops";
    if (!effect.renamedTo.empty()) text += " -> " + effect.renamedTo;
    return text;
}

std::string differences(const StatementEffects& predicted, const StatementEffects& observed) {
    std::string text;
    for (const Effect& effect : observed.effects) {
        const Effect* other = predicted.on(effect.relation);
        if (!other) text += fmt::format("    {}: {} was not predicted\n", effect.relation, describe(effect));
        else if (describe(*other) != describe(effect)) text += fmt::format("    {}: {}, predicted {}\n", effect.relation, describe(effect), describe(*other));
    }
    for (const Effect& effect : predicted.effects)
        if (!observed.on(effect.relation)) text += fmt::format("    {}: {} was predicted\n", effect.relation, describe(effect));
    return text;
}

/// What the observer cannot see of statements outside transactions: an index that is opened only while nobody holds the
/// statement up. Where it saw no lock on an index, none is compared.
StatementEffects comparable(const StatementEffects& predicted, const StatementEffects& observed, bool alone) {
    StatementEffects effects = predicted;
    if (!alone) return effects;
    std::erase_if(effects.effects, [&](const Effect& effect) {
        return effect.kind == RelationKind::index && !observed.on(effect.relation) && !effect.rebuilds && !effect.drops && effect.renamedTo.empty();
    });
    for (Effect& effect : effects.effects)
        if (const Effect* seen = observed.on(effect.relation); seen && effect.kind == RelationKind::index && seen->lock == LockMode::none) effect.lock = LockMode::none;
    return effects;
}

/// Scans are looked for only where the statement itself is DDL: in a DO block nobody can tell them from those of its queries.
StatementEffects withoutScans(const postgres::Predicted& predicted) {
    StatementEffects effects = predicted.effects;
    const std::string_view kind = predicted.statement.kind;
    if (kind == "do" || kind == "call" || kind == "select" || kind == "execute" || kind == "explain")
        for (Effect& effect : effects.effects) effect.scans = false;
    return effects;
}

}  // namespace

bool covers(const StatementEffects& predicted, const StatementEffects& observed) {
    return std::ranges::all_of(observed.effects, [&](const Effect& seen) {
        const Effect* said = predicted.on(seen.relation);
        return said && said->lock >= seen.lock && said->rewrites >= seen.rewrites && said->scans >= seen.scans && said->rebuilds >= seen.rebuilds &&
               said->drops == seen.drops && said->renamedTo == seen.renamedTo;
    });
}

std::string disagreements(const postgres::Predicted& predicted, const StatementEffects& observed, bool alone) {
    return differences(comparable(withoutScans(predicted), observed, alone), observed);
}

}  // namespace slipway::tests
