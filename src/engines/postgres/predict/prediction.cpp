#include "engines/postgres/predict/prediction.h"

#include <algorithm>

namespace slipway::postgres {

Effect* Prediction::touch(Id relation) {
    const Relation& target = world.relation(relation);
    if (target.fresh || target.temporary || target.kind == RelationKind::composite) return nullptr;
    const auto [known, isNew] = effects_.try_emplace(relation);
    if (isNew) {
        known->second.relation = world.shown(relation);
        known->second.kind = target.kind;
    }
    return &known->second;
}

void Prediction::lock(Id relation, LockMode mode) {
    if (Effect* effect = touch(relation)) effect->lock = std::max(effect->lock, mode);
}

void Prediction::lockWithDescendants(Id relation, LockMode mode) {
    for (const Id each : world.withDescendants(relation)) lock(each, mode);
}

void Prediction::rewrite(Id relation) {
    if (Effect* effect = touch(relation)) effect->rewrites = true;
}

void Prediction::scan(Id relation) {
    if (Effect* effect = touch(relation)) effect->scans = true;
}

void Prediction::rebuild(Id index) {
    if (Effect* effect = touch(index)) effect->rebuilds = true;
}

void Prediction::drop(Id relation) {
    if (Effect* effect = touch(relation)) effect->drops = true;
}

void Prediction::rename(Id relation, const std::string& newName) {
    if (Effect* effect = touch(relation)) effect->renamedTo = newName;
}

void Prediction::uncertain(std::string why) {
    if (why_.empty()) why_ = std::move(why);
}

StatementEffects Prediction::effects() const {
    StatementEffects all;
    for (const auto& [relation, effect] : effects_) all.effects.push_back(effect);
    std::ranges::sort(all.effects, {}, &Effect::relation);
    all.certain = why_.empty();
    all.why = why_;
    return all;
}

}  // namespace slipway::postgres
