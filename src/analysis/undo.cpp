#include "analysis/undo.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analysis/view.h"

namespace slipway::analysis {

namespace {

/// The way back from one change: a statement, or why there is none; neither where nothing is to be done.
class Back {
  public:
    explicit Back(const std::set<std::string>& gone) : gone_(gone) {}

    std::string sql, gap;

    void operator()(const change::CreateSchema& made) { sql = fmt::format("DROP SCHEMA {};", made.name); }
    void operator()(const change::CreateSequence& made) { sql = fmt::format("DROP SEQUENCE {};", made.sequence.name); }
    void operator()(const change::CreateTable& made) {
        if (made.existed || made.table.temporary) return;
        const char* kind = made.table.kind == RelationKind::materializedView ? "MATERIALIZED VIEW" : "TABLE";
        sql = fmt::format("DROP {} {};", kind, made.table.name);
    }
    void operator()(const change::AddColumn& add) {
        if (!add.existed && !goes(add.table)) sql = fmt::format("ALTER TABLE {} DROP COLUMN {};", add.table.name, sqlName(add.column.name));
    }
    void operator()(const change::DropColumn& drop) { gap = fmt::format("what {}.{} held is gone", drop.table.name, drop.column); }
    void operator()(const change::RenameColumn& rename) {
        if (!goes(rename.table)) sql = fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {};", rename.table.name, sqlName(rename.to), sqlName(rename.from));
    }
    void operator()(const change::AlterColumnType& alter) {
        if (goes(alter.table)) return;
        if (alter.from.empty() || alter.narrows || alter.usingExpression) gap = fmt::format("the values of {}.{} in their former type are not known", alter.table.name, alter.column);
        else sql = fmt::format("ALTER TABLE {} ALTER COLUMN {} TYPE {};", alter.table.name, sqlName(alter.column), alter.from);
    }
    void operator()(const change::SetNotNull& set) {
        if (!set.already && !goes(set.table)) sql = fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL;", set.table.name, sqlName(set.column));
    }
    void operator()(const change::DropNotNull& drop) {
        if (!goes(drop.table)) sql = fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL;", drop.table.name, sqlName(drop.column));
    }
    void operator()(const change::SetDefault& set) {
        if (!goes(set.table)) gap = fmt::format("the former default of {}.{} is not known", set.table.name, set.column);
    }
    void operator()(const change::AddConstraint& add) {
        if (add.withTable || goes(add.table)) return;
        if (add.name.empty()) gap = fmt::format("the name that the server gives the constraint of {} is not known", add.table.name);
        else sql = fmt::format("ALTER TABLE {} DROP CONSTRAINT {};", add.table.name, sqlName(add.name));
        for (const std::string& column : add.nullable) sql += fmt::format("\nALTER TABLE {} ALTER COLUMN {} DROP NOT NULL;", add.table.name, sqlName(column));
    }
    void operator()(const change::DropConstraint& drop) { gap = fmt::format("the definition of constraint {} is not known", drop.name); }
    void operator()(const change::ValidateConstraint&) {}
    void operator()(const change::CreateIndex& made) {
        if (made.existed || goes(made.table)) return;
        if (made.name.empty()) {
            gap = fmt::format("the name that the server gives the index of {} is not known", made.table.name);
            return;
        }
        const size_t dot = made.table.name.find('.');
        const std::string schema = dot == std::string::npos ? "" : made.table.name.substr(0, dot + 1);
        const bool gently = made.concurrently || (made.table.inUse() && made.table.kind != RelationKind::partitioned);
        sql = fmt::format("DROP INDEX {}{}{};", gently ? "CONCURRENTLY " : "", schema, sqlName(made.name));
    }
    void operator()(const change::DropIndex& drop) { gap = fmt::format("the definition of index {} is not known", drop.index.name); }
    void operator()(const change::Reindex&) {}
    void operator()(const change::DropRelation& drop) {
        if (!drop.relation.fresh && !drop.relation.temporary) gap = fmt::format("what {} held is gone", drop.relation.name);
    }
    void operator()(const change::DropObject& drop) {
        if (!drop.fresh) gap = fmt::format("the definition of {} {} is not known", drop.kind, drop.name);
    }
    void operator()(const change::RenameRelation& rename) {
        const size_t dot = rename.relation.name.find('.');
        if (dot == std::string::npos) {
            gap = fmt::format("where {} lay is not known", rename.relation.name);
            return;
        }
        const std::string schema = rename.relation.name.substr(0, dot), name = rename.relation.name.substr(dot + 1);
        if (rename.movesSchema) sql = fmt::format("ALTER {} {}.{} SET SCHEMA {};", kindOf(rename.relation), sqlName(rename.to), name, schema);
        else sql = fmt::format("ALTER {} {}.{} RENAME TO {};", kindOf(rename.relation), schema, sqlName(rename.to), name);
    }
    void operator()(const change::RenameObject& rename) { gap = fmt::format("how {} {} is named back is not known", rename.kind, rename.from); }
    void operator()(const change::CreateView& made) {
        if (made.replaces) gap = fmt::format("the former definition of {} is not known", made.view.name);
        else sql = fmt::format("DROP VIEW {};", made.view.name);
    }
    void operator()(const change::CreateType& made) { sql = fmt::format("DROP {} {};", made.kind == "domain" ? "DOMAIN" : "TYPE", made.name); }
    void operator()(const change::AddEnumValue& add) {
        if (!add.fresh) gap = fmt::format("a value of an enumeration cannot be dropped: '{}' of {} stays", add.value, add.type);
    }
    void operator()(const change::RenameEnumValue& rename) { sql = fmt::format("ALTER TYPE {} RENAME VALUE '{}' TO '{}';", rename.type, literal(rename.to), literal(rename.from)); }
    void operator()(const change::UseEnumValue&) {}
    void operator()(const change::AlterDomain& alter) { gap = fmt::format("the name of the constraint of {} is not known", alter.domain); }
    void operator()(const change::Truncate&) { gap = "the rows are gone"; }
    void operator()(const change::Write& write) {
        if (!goes(write.table)) gap = fmt::format("which rows of {} it writes is not known", write.table.name);
    }
    void operator()(const change::AttachPartition& attach) { sql = fmt::format("ALTER TABLE {} DETACH PARTITION {};", attach.parent.name, attach.partition.name); }
    void operator()(const change::DetachPartition& detach) { gap = fmt::format("the bound of {} is not known", detach.partition.name); }
    void operator()(const change::RefreshView&) {}
    void operator()(const change::TriggerChange& trigger) {
        if (goes(trigger.table)) return;
        if (trigger.verb == "create" && !trigger.replaces) sql = fmt::format("DROP TRIGGER {} ON {};", sqlName(trigger.name), trigger.table.name);
        else if (trigger.verb == "disable" && !trigger.name.empty()) sql = fmt::format("ALTER TABLE {} ENABLE TRIGGER {};", trigger.table.name, sqlName(trigger.name));
        else gap = fmt::format("how trigger {} of {} was is not known", trigger.name, trigger.table.name);
    }
    void operator()(const change::RuleChange& rule) {
        if (goes(rule.table)) return;
        if (rule.verb == "create") sql = fmt::format("DROP {} {} ON {};", rule.kind == "rule" ? "RULE" : "POLICY", sqlName(rule.name), rule.table.name);
        else gap = fmt::format("how {} {} was is not known", rule.kind, rule.name);
    }
    void operator()(const change::RowSecurity& security) {
        if (!goes(security.table) && (security.enabled || security.forced))
            sql = fmt::format("ALTER TABLE {} {} ROW LEVEL SECURITY;", security.table.name, security.enabled ? "DISABLE" : "NO FORCE");
        else if (!goes(security.table)) gap = fmt::format("whether {} had row security is not known", security.table.name);
    }
    void operator()(const change::SetTableOption& option) {
        if (!goes(option.table)) gap = fmt::format("what {} of {} was is not known", option.option, option.table.name);
    }
    void operator()(const change::ClusterTable&) {}
    void operator()(const change::LockTable&) {}
    void operator()(const change::SetVariable&) {}
    void operator()(const change::SetSequence&) {}  // one that stands higher does no harm
    void operator()(const change::Skipped&) {}
    void operator()(const change::GrantChange& grant) { gap = fmt::format("which privileges on {} there were is not known", grant.name); }
    void operator()(const change::CreateFunction& function) {
        if (function.replaces || function.signature.empty()) gap = fmt::format("the former body of {} is not known", function.name);
        else sql = fmt::format("DROP {}{};", function.signature.starts_with("procedure") ? "PROCEDURE" : "FUNCTION", function.signature.substr(function.signature.find(' ')));
    }
    void operator()(const change::PublicationChange& publication) {
        if (publication.verb == "create") sql = fmt::format("DROP PUBLICATION {};", sqlName(publication.name));
        else gap = fmt::format("the tables that publication {} had are not known", publication.name);
    }
    void operator()(const change::ServerChange& server) { gap = fmt::format("{} reaches beyond the database", server.what); }

  private:
    /// The table is dropped on the way back, with all that belongs to it.
    bool goes(const RelationRef& table) const { return gone_.contains(table.name); }
    static const char* kindOf(const RelationRef& relation) {
        switch (relation.kind) {
            case RelationKind::view: return "VIEW";
            case RelationKind::materializedView: return "MATERIALIZED VIEW";
            case RelationKind::sequence: return "SEQUENCE";
            case RelationKind::index: case RelationKind::partitionedIndex: return "INDEX";
            default: return "TABLE";
        }
    }
    static std::string literal(const std::string& text) {
        std::string escaped;
        for (const char c : text) escaped += c == '\'' ? "''" : std::string(1, c);
        return escaped;
    }

    const std::set<std::string>& gone_;
};

}  // namespace

DerivedUndo deriveUndo(const JudgedScript& script) {
    DerivedUndo undo;
    std::set<std::string> gone;
    for (const JudgedStatement& one : script.statements)
        for (const Change& change : one.changes)
            if (const auto* made = std::get_if<change::CreateTable>(&change.what); made && !made->existed) gone.insert(made->table.name);
    for (size_t i = script.statements.size(); i-- > 0;) {
        const JudgedStatement& one = script.statements[i];
        const int line = lineOf(script, one);
        if (one.changes.empty() && !one.effects.certain) undo.gaps.push_back(fmt::format("line {}: {}", line, one.effects.why));
        for (size_t k = one.changes.size(); k-- > 0;) {
            const Change& change = one.changes[k];
            if (change.nested) {
                undo.gaps.push_back(fmt::format("line {}: what a DO block or a function does is not taken back", line));
                break;
            }
            Back back(gone);
            std::visit(back, change.what);
            if (!back.sql.empty()) undo.statements.push_back(back.sql);
            if (!back.gap.empty()) undo.gaps.push_back(fmt::format("line {}: {}", line, back.gap));
        }
    }
    return undo;
}

}  // namespace slipway::analysis
