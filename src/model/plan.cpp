#include "model/plan.h"

namespace slipway {

const char* nameOf(SegmentKind kind) {
    switch (kind) {
        case SegmentKind::atomic: return "atomic";
        case SegmentKind::verifiable: return "verifiable";
        case SegmentKind::opaque: return "opaque";
        case SegmentKind::backfill: return "backfill";
    }
    return "";
}

const JournalRow* Resumed::lastOf(int segment) const {
    const JournalRow* last = nullptr;
    for (const JournalRow& row : journal)
        if (row.segment == segment && row.state != "cut") last = &row;
    return last;
}

bool Resumed::done(int segment) const {
    const JournalRow* last = lastOf(segment);
    return last && last->state == "done";
}

std::string Step::label() const {
    std::string name = migration.id();
    if (migration.kind != MigrationKind::repeatable && !migration.description.empty()) name += " " + migration.description;
    return direction == Direction::up ? name : "undo of " + name;
}

}  // namespace slipway
