#include "model/effect.h"

#include <algorithm>
#include <array>
#include <utility>

namespace slipway {

namespace {

struct Mode {
    const char* name;
    const char* words;
    const char* blocks;
};

/// By the value of LockMode. What is blocked follows from the table of conflicts in the manual, "Explicit Locking":
/// plain reads take ACCESS SHARE, INSERT, UPDATE and DELETE take ROW EXCLUSIVE, SELECT FOR UPDATE takes ROW SHARE.
constexpr std::array<Mode, 9> modes{{
    {"", "no lock", ""},
    {"AccessShareLock", "ACCESS SHARE", ""},
    {"RowShareLock", "ROW SHARE", ""},
    {"RowExclusiveLock", "ROW EXCLUSIVE", ""},
    {"ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE", ""},
    {"ShareLock", "SHARE", "blocks writes"},
    {"ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE", "blocks writes"},
    {"ExclusiveLock", "EXCLUSIVE", "blocks writes and SELECT FOR UPDATE"},
    {"AccessExclusiveLock", "ACCESS EXCLUSIVE", "blocks reads and writes"},
}};

const Mode& of(LockMode mode) { return modes.at(static_cast<size_t>(mode)); }

}  // namespace

const char* nameOf(LockMode mode) { return of(mode).name; }
const char* wordsFor(LockMode mode) { return of(mode).words; }
const char* blockedBy(LockMode mode) { return of(mode).blocks; }

LockMode lockModeNamed(std::string_view name) {
    const auto found = std::ranges::find(modes, name, &Mode::name);
    return found == modes.end() ? LockMode::none : static_cast<LockMode>(found - modes.begin());
}

const char* nameOf(RelationKind kind) {
    switch (kind) {
        case RelationKind::table:
            return "table";
        case RelationKind::partitioned:
            return "partitioned table";
        case RelationKind::foreign:
            return "foreign table";
        case RelationKind::view:
            return "view";
        case RelationKind::materializedView:
            return "materialized view";
        case RelationKind::sequence:
            return "sequence";
        case RelationKind::index:
            return "index";
        case RelationKind::partitionedIndex:
            return "partitioned index";
        case RelationKind::composite:
            return "composite type";
    }
    std::unreachable();
}

const Effect* StatementEffects::on(std::string_view relation) const {
    const auto found = std::ranges::find(effects, relation, &Effect::relation);
    return found == effects.end() ? nullptr : &*found;
}

}  // namespace slipway
