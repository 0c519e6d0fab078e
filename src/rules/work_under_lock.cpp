#include <algorithm>

#include "rules/rule.h"

namespace slipway::rules {

static void check(const StatementView& view, Found& found) {
    const analysis::Held* strongest = nullptr;
    std::string relation;
    for (const auto& [name, held] : view.held) {
        if (held.kind == RelationKind::index || held.kind == RelationKind::partitionedIndex) continue;  // its table is held, too
        if ((held.mode != LockMode::accessExclusive && held.mode != LockMode::shareRowExclusive) || held.by >= view.index) continue;
        if (!strongest || held.mode > strongest->mode || (held.mode == strongest->mode && held.by < strongest->by)) strongest = &held, relation = name;
    }
    if (!strongest || view.alone()) return;
    std::string work;
    for (const Effect& effect : view.effects().effects) {
        if (effect.rewrites) work = fmt::format("{} is written anew", effect.relation);
        else if (effect.scans && work.empty()) work = fmt::format("{} is read whole", effect.relation);
    }
    const bool readsTables = std::ranges::any_of(view.effects().effects, [](const Effect& effect) { return effect.kind == RelationKind::table && effect.lock >= LockMode::accessShare && effect.lock <= LockMode::rowShare; });
    each<change::Write>(view, [&](const change::Write& write, const Change&) {
        // Readers do not wait for SHARE ROW EXCLUSIVE: some rows written under it are no outage.
        if (strongest->mode != LockMode::accessExclusive && !write.whole && write.verb != "insert") return;
        const bool many = write.verb == "update" || write.verb == "delete" || (write.verb == "insert" && !write.constantRows);
        if (work.empty() && many && (write.table.inUse() || readsTables)) work = fmt::format("rows of {} are written", write.table.name);
    });
    if (work.empty()) return;
    found.add(view.script, view.index, view.effects().by == By::observed ? Ground::observed : Ground::predicted,
              fmt::format("{} on {}, which line {} took, blocks {} while {}", wordsFor(strongest->mode), relation, lineOf(view.script, view.script.statements[strongest->by]),
                          strongest->mode == LockMode::accessExclusive ? "reads and writes" : "writes", work),
              "put it into a migration of its own, or a COMMIT between the two");
}

static constexpr Example bad[] = {
    {"ALTER TABLE orders ADD COLUMN channel text;\nUPDATE orders SET channel = 'web' WHERE placed_at < now();"},
    {"ALTER TABLE orders ADD COLUMN a integer;\nCREATE INDEX ON items (amount);"},
    {"CREATE TABLE carts (id bigint PRIMARY KEY REFERENCES orders (id), note text);\n"
    "INSERT INTO carts SELECT id, note FROM orders;"},
};
static constexpr Example good[] = {
    {"ALTER TABLE orders ADD COLUMN channel text;\n"
    "-- file: V3__fill.sql\n"
    "UPDATE orders SET channel = 'web' WHERE id = 7;"},
    {"CREATE TABLE carts (id bigint);\nCREATE INDEX ON carts (id);"},
    {"ALTER TABLE orders ADD COLUMN a integer;\nALTER TABLE orders ADD COLUMN b integer;"},
};

extern const Rule rule_work_under_lock = {
    .id = "work-under-lock",
    .category = Category::safety,
    .severity = Severity::error,
    .finds = "long work is done while a strong lock is held",
    .because = "A lock lives until its transaction ends. What takes a moment (ADD COLUMN) takes as long as "
               "the statement behind it (an index build, a backfill): readers and writers wait for both.",
    .instead = "A transaction for each: put them into two migrations, or a COMMIT between them.",
    .bad = bad,
    .good = good,
    .statement = check};

}  // namespace slipway::rules
