// INSERT, UPDATE, DELETE and MERGE, and what follows from them: partitions, defaults, checks, triggers, rules, foreign
// keys.

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/query_effects.h"
#include "engines/postgres/predict/written_rows.h"

namespace slipway::postgres {

namespace {

std::string_view eventOf(char operation) {
    switch (operation) {
        case 'i':
            return "insert";
        case 'u':
            return "update";
        case 'd':
            return "delete";
        default:
            return "";
    }
}

Attribute mapped(const World& world, Id from, Attribute column, Id to) {
    return from == to || !column ? column : world.relation(to).attribute(world.relation(from).column(column).name);
}

class Writer {
  public:
    Writer(Prediction& prediction, Stage stage) : prediction_(prediction), world_(prediction.world), stage_(stage) {}

    void write(const RelationUse& use) {
        const Relation& target = world_.relation(use.relation);
        prediction_.lock(use.relation, LockMode::rowExclusive);
        if (target.placeholder)
            prediction_.uncertain(fmt::format("nothing but the name of {} is known", world_.shown(use.relation)));
        if (target.kind == RelationKind::view) return writeView(use);
        std::vector<Id> targets{use.relation};
        if (stage_ == Stage::analyse) {
            rules(use);
            return;
        }
        // Rules come before the plan: what they replace is planned only where rows of it are asked for.
        const bool replaced = rules(use);
        if (replaced && (use.operation == 'i' || !(readsOld_ || use.statement.has("whereClause")))) return;
        if (use.operation != 'i') targets = touchedBy(prediction_, use.relation, use.only, use.conditions);
        if (use.planned && use.operation != 'i')
            for (const Id each : targets) lockPlanned(prediction_, each, LockMode::rowExclusive, use.only);
        if (use.arbiter) lockArbiters(use.relation, *use.arbiter);
        if (replaced || use.operation == 'm') return;
        applyPolicies(prediction_, use.relation, eventOf(use.operation));
        if (stage_ == Stage::run) follow(use, WrittenRows(world_, use), targets);
    }

  private:
    /// infer_arbiter_indexes() in plancat.c opens the indexes one by one, until it finds that of a named constraint.
    void lockArbiters(Id relation, const std::string& constraint) {
        for (const Id index : world_.relation(relation).indexes) {
            prediction_.lock(index, LockMode::rowExclusive);
            const Id implements = world_.relation(index).index->constraint;
            if (!constraint.empty() && implements && world_.constraints.at(implements).name == constraint) return;
        }
    }

    /// Whether the statement is replaced. A rule's actions run for all rows at once, whatever its condition.
    bool rules(const RelationUse& use) {
        bool replaced = false;
        for (const Id id : std::vector<Id>(world_.relation(use.relation).rules)) {
            const WorldPart rule = world_.rules.at(id);
            if (rule.event != eventOf(use.operation) || rule.actions.empty()) continue;
            const Parsed parsed = Parsed::sql(rule.actions.front());
            if (parsed.statements().empty()) {
                prediction_.uncertain(
                    fmt::format("what the rule {} on {} does cannot be read", rule.name, world_.shown(use.relation)));
                continue;
            }
            const Node definition = parsed.statements().front().node;
            replaced = replaced || (rule.instead && !definition.has("whereClause"));
            if (prediction_.depth > deepest) return replaced;
            ++prediction_.depth;
            for (const Node& action : definition.list("actions")) {
                if (!action) continue;
                const QueryUse named = playUpTo(prediction_, stage_, action, use.relation);
                readsOld_ = readsOld_ || std::ranges::any_of(named.uses.columns, [&](const ColumnId& each) {
                                return each.relation == use.relation && each.column;
                            });
            }
            --prediction_.depth;
        }
        return replaced;
    }

    /// INSTEAD rules, INSTEAD OF triggers, or else the only relation of FROM is written (rewriteTargetView() in
    /// rewriteHandler.c).
    void writeView(const RelationUse& use) {
        const Uses reads = world_.relation(use.relation).reads;
        const auto readSources = [&](Id except) {
            for (const ColumnId& used : reads.columns)
                if (used.column == 0 && used.relation != except)
                    readRelation(prediction_, used.relation, {.planned = stage_ != Stage::analyse});
        };
        const bool byTrigger = std::ranges::any_of(world_.relation(use.relation).triggers, [&](Id id) {
            return world_.triggers.at(id).timing == "instead" &&
                   world_.triggers.at(id).events.contains(eventOf(use.operation));
        });
        if (rules(use) || byTrigger) {
            if (use.operation != 'i') readSources(0);
            if (byTrigger && stage_ == Stage::run) triggers(use.relation, use, true);
            return;
        }
        const Id base = baseOf(use.relation);
        readSources(base);
        if (!base) return;
        RelationUse below = use;
        below.relation = base;
        below.only = false;
        below.conditions.clear();
        for (Attribute& column : below.columns) column = mapped(world_, use.relation, column, base);
        write(below);
    }

    /// Of several relations that a view names, the one from which most of its columns come.
    Id baseOf(Id view) const {
        Id best = 0;
        size_t most = 0;
        for (const ColumnId& used : world_.relation(view).reads->columns) {
            if (used.column != 0 || !world_.exists(used.relation)) continue;
            const size_t common = 1 + static_cast<size_t>(std::ranges::count_if(
                                          world_.relation(view).columns, [&](const WorldColumn& column) {
                                              return world_.relation(used.relation).attribute(column.name) != 0;
                                          }));
            if (common <= most) continue;
            most = common;
            best = used.relation;
        }
        return best;
    }

    /// Everything after the locks on the target itself.
    void follow(const RelationUse& use, const WrittenRows& rows, std::vector<Id> targets) {
        if (!done_.emplace(use.relation, use.operation, use.columns).second) return;
        partitionConstraint(use);
        if (use.operation != 'd') defaults(use, rows);
        if (use.operation == 'i') {
            if (world_.relation(use.relation).kind == RelationKind::partitioned) targets = route(use, rows);
        } else if (use.operation == 'u' && world_.relation(use.relation).kind == RelationKind::partitioned) {
            move(use, rows);
        }
        triggers(use.relation, use, false);
        for (const Id target : targets) {
            if (world_.relation(target).kind == RelationKind::partitioned) continue;
            if (use.operation != 'd') expressions(target);
            triggers(target, use, true);
            if (use.operation != 'd') references(target, use, rows);
            if (use.operation != 'i') referenced(target, use);
        }
    }

    /// A row that is written to a partition itself is checked against the bound, for which all its parents are opened
    /// (generate_partition_qual() in partcache.c). 13 does so when it only deletes.
    void partitionConstraint(const RelationUse& use) {
        if (use.operation == 'd' && prediction_.version > 13) return;
        for (Id parent = world_.relation(use.relation).partition->parent; parent;
             parent = world_.relation(parent).partition->parent)
            prediction_.lock(parent, LockMode::accessShare);
    }

    std::vector<Id> route(const RelationUse& use, const WrittenRows& rows) {
        std::vector<Id> targets;
        for (size_t row = 0; row < rows.count(); ++row) {
            const Partitions way =
                partitionsOf(world_, use.relation, [&](const std::string& column) { return rows.value(row, column); });
            if (!way.certain)
                prediction_.uncertain(fmt::format("into which partitions of {} the rows go depends on their values",
                                                  world_.shown(use.relation)));
            for (const Id each : way.found) {
                prediction_.lock(each, LockMode::rowExclusive);
                if (std::ranges::find(targets, each) == targets.end()) targets.push_back(each);
            }
            if (!way.certain) break;
        }
        return targets;
    }

    /// An UPDATE of the key moves rows to other partitions.
    void move(const RelationUse& use, const WrittenRows& rows) {
        const std::vector<Id> tables = world_.withDescendants(use.relation);
        const bool ofKey = std::ranges::any_of(tables, [&](Id each) {
            return std::ranges::any_of(world_.relation(each).partition->keyColumns, [&](Attribute key) {
                return std::ranges::any_of(
                    use.columns, [&](Attribute column) { return mapped(world_, use.relation, column, each) == key; });
            });
        });
        if (ofKey) route(use, rows);
    }

    void defaults(const RelationUse& use, const WrittenRows& rows) {
        const auto& columns = world_.relation(use.relation).columns;
        for (size_t i = 0; i < columns.size(); ++i) {
            const auto column = static_cast<Attribute>(i + 1);
            if (columns[i].dropped || columns[i].generated) continue;
            const bool ignored = columns[i].identity && use.statement.text("override") == "OVERRIDING_USER_VALUE";
            if (!ignored && !rows.usesDefault(column)) continue;
            evaluate(prediction_, world_.needs(use.relation, column, true));
            if (!columns[i].identity) continue;
            for (const Dependent& each : world_.dependents(use.relation, column))
                if (kindOf(each.object) == ObjectKind::relation) evaluate(prediction_, {each.object});
        }
    }

    /// Checks, generated columns and indexes of expressions.
    void expressions(Id table) {
        // What is called may change the world, so all of it is gathered before.
        const Relation& target = world_.relation(table);
        std::vector<Id> called;
        const auto add = [&](const std::vector<Id>& more) { called.insert(called.end(), more.begin(), more.end()); };
        for (const Id id : target.constraints)
            if (const WorldConstraint& check = world_.constraints.at(id);
                check.type == ConstraintType::check && check.enforced)
                add(check.uses->functions);
        for (size_t i = 0; i < target.columns.size(); ++i)
            if (target.columns[i].generated) add(world_.needs(table, static_cast<Attribute>(i + 1), true));
        for (const Id index : target.indexes)
            if (world_.relation(index).index->expressions || world_.relation(index).index->partial)
                add(world_.needs(index));
        evaluate(prediction_, called);
    }

    bool changes(const RelationUse& use, Id table, const std::vector<Attribute>& columns) const {
        return std::ranges::any_of(use.columns, [&](Attribute column) {
            return std::ranges::find(columns, mapped(world_, use.relation, column, table)) != columns.end();
        });
    }

    void triggers(Id table, const RelationUse& use, bool row) {
        for (const Id id : std::vector<Id>(world_.relation(table).triggers)) {
            const WorldTrigger trigger = world_.triggers.at(id);
            if (trigger.row != row || !trigger.events.contains(eventOf(use.operation))) continue;
            if (trigger.firing == "DISABLED" || trigger.firing == "REPLICA" || !trigger.function) continue;
            if (use.operation == 'u' && !trigger.columns.empty() && !changes(use, table, trigger.columns)) continue;
            const auto run = [&] {
                std::string outer = std::exchange(prediction_.triggerEvent, upper(eventOf(use.operation)));
                playFunction(prediction_, trigger.function);
                prediction_.triggerEvent = std::move(outer);
            };
            if (!trigger.conditional)
                run();
            else
                perhaps(prediction_, run, fmt::format("whether the trigger {} runs depends on the rows", trigger.name));
        }
    }

    /// The referencing side: SELECT ... FOR KEY SHARE of the referenced row, unless a column is null (RI_FKey_check()
    /// in utils/adt/ri_triggers.c).
    void references(Id table, const RelationUse& use, const WrittenRows& rows) {
        for (const Id id : std::vector<Id>(world_.relation(table).constraints)) {
            const WorldConstraint key = world_.constraints.at(id);
            if (key.type != ConstraintType::foreignKey || !key.enforced || !world_.exists(key.referenced)) continue;
            if (use.operation == 'u' && !changes(use, table, key.columns)) continue;
            for (size_t row = 0; row < rows.count(); ++row) {
                Look look{.mode = LockMode::rowShare,
                          .only = world_.relation(key.referenced).kind != RelationKind::partitioned};
                bool null = false;
                for (size_t i = 0; i < key.columns.size() && i < key.referencedColumns.size(); ++i) {  // of a placeholder there may be none
                    if (!key.columns[i] || !key.referencedColumns[i]) continue;
                    const KnownValue value = rows.value(row, world_.relation(table).column(key.columns[i]).name);
                    null = null || value.kind == KnownValue::Kind::null;
                    Conjunct equal{key.referencedColumns[i], "=", {}};
                    if (value.kind == KnownValue::Kind::constant) equal.values.push_back(value.text);
                    look.conditions.push_back(std::move(equal));
                }
                if (!null) readRelation(prediction_, key.referenced, look);
            }
        }
    }

    /// The referenced side: those who reference the row are looked at, deleted or updated.
    void referenced(Id table, const RelationUse& use) {
        for (Id of = table; of; of = world_.relation(of).partition->parent)
            for (const Dependent& each : world_.dependents(of)) {
                if (kindOf(each.object) != ObjectKind::constraint) continue;
                const WorldConstraint key = world_.constraints.at(each.object);
                // Those of partitions are part of their parent's.
                if (key.type != ConstraintType::foreignKey || key.referenced != of || key.parent || !key.enforced)
                    continue;
                std::vector<Attribute> columns = key.referencedColumns;
                for (Attribute& column : columns) column = mapped(world_, of, column, table);
                if (use.operation == 'u' && !changes(use, table, columns)) continue;
                react(key, use.operation);
            }
    }

    void react(const WorldConstraint& key, char operation) {
        const char action = operation == 'd' ? key.onDelete : key.onUpdate;
        const bool only = world_.relation(key.relation).kind != RelationKind::partitioned;
        if (action == 'a' || action == 'r') {
            // One that is deferred is checked when the transaction commits.
            return readRelation(prediction_, key.relation, {.mode = LockMode::rowShare, .only = only});
        }
        RelationUse use{.relation = key.relation, .operation = action == 'c' ? operation : 'u', .only = only};
        if (use.operation == 'u') use.columns = key.columns;
        const std::vector<Id> targets = touchedBy(prediction_, key.relation, only, {});
        for (const Id each : targets) lockPlanned(prediction_, each, LockMode::rowExclusive, only);
        follow(use, WrittenRows(world_, use, action == 'n'), targets);
    }

    static constexpr int deepest = 16;  ///< of rules that fire rules

    Prediction& prediction_;
    World& world_;
    const Stage stage_;
    bool readsOld_ = false;  ///< the action of a rule names a column of OLD or NEW
    std::set<std::tuple<Id, char, std::vector<Attribute>>> done_;
};

}  // namespace

void writeRelation(Prediction& prediction, const RelationUse& use, Stage stage) {
    Writer(prediction, stage).write(use);
}

}  // namespace slipway::postgres
