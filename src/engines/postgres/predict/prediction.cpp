#include "engines/postgres/predict/prediction.h"

#include <algorithm>

namespace slipway::postgres {

template <class T>
void Prediction::tell(Id relation, T Effect::*what, const T& value) {
    const Relation& target = world.relation(relation);
    if (target.fresh || target.temporary || target.kind == RelationKind::composite) return;
    const auto [known, isNew] = effects_.try_emplace(relation);
    Effect& effect = known->second;
    if (isNew) {
        effect.relation = world.shown(relation);
        effect.kind = target.kind;
    }
    if (!isNew && effect.*what == value) return;
    effect.*what = value;
    ++told_;
}

void Prediction::lock(Id relation, LockMode mode) {
    const auto known = effects_.find(relation);
    if (known == effects_.end() || known->second.lock < mode) tell(relation, &Effect::lock, mode);
}

void Prediction::lockWithDescendants(Id relation, LockMode mode) {
    if (world.relation(relation).children.empty()) return lock(relation, mode);
    for (const Id each : world.withDescendants(relation)) lock(each, mode);
}

void Prediction::rewrite(Id relation) { tell(relation, &Effect::rewrites, true); }

void Prediction::scan(Id relation) { tell(relation, &Effect::scans, true); }

void Prediction::rebuild(Id index) { tell(index, &Effect::rebuilds, true); }

void Prediction::drop(Id relation) { tell(relation, &Effect::drops, true); }

void Prediction::madeIndex(Id index) {
    const std::string name = world.shown(index);
    const auto gone = std::ranges::find_if(effects_, [&](const auto& entry) { return entry.second.drops && entry.second.relation == name; });
    if (gone == effects_.end() || gone->second.kind != world.relation(index).kind) return;
    auto effect = effects_.extract(gone);
    effect.key() = index;
    effect.mapped().drops = false;
    effect.mapped().rebuilds = effect.mapped().kind == RelationKind::index;
    effects_.insert(std::move(effect));
    ++told_;
    world.relation(index).fresh = false;
}

void Prediction::rename(Id relation, const std::string& newName) { tell(relation, &Effect::renamedTo, newName); }

void Prediction::uncertain(std::string why) {
    if (why_.empty()) why_ = std::move(why);
}

StatementEffects Prediction::take() {
    StatementEffects all;
    all.effects.reserve(effects_.size());
    for (auto& [relation, effect] : effects_) all.effects.push_back(std::move(effect));
    std::ranges::sort(all.effects, {}, &Effect::relation);
    all.certain = why_.empty();
    all.why = std::move(why_);
    return all;
}

}  // namespace slipway::postgres
