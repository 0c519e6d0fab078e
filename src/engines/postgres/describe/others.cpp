// What is neither a table's definition nor its rows: settings, locks, maintenance, privileges, publications, the server.
#include <algorithm>

#include "base/text.h"
#include "engines/postgres/describe/describe.h"
#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

void setVariable(Description& to, const Node& statement) {
    const std::string_view kind = statement.text("kind");
    change::SetVariable change{.name = lower(statement.text("name")), .local = statement.flag("is_local")};
    change.resets = kind == "VAR_RESET" || kind == "VAR_SET_DEFAULT" || kind == "VAR_RESET_ALL";
    if (kind == "VAR_RESET_ALL") change.name = "all";
    for (const Node& each : statement.list("args")) change.value += (change.value.empty() ? "" : ", ") + valueText(each);
    to.tell(std::move(change));
}

void truncate(Description& to, const Node& statement) {
    change::Truncate change{.cascade = statement.text("behavior") == "DROP_CASCADE"};
    std::vector<Id> named;
    for (const Node& each : statement.list("relations")) {
        change.tables.push_back(to.ref(each));
        if (const Id id = to.find(each)) named.push_back(id);
    }
    if (change.cascade)
        for (size_t i = 0; i < named.size(); ++i)
            for (const Dependent& each : to.world.dependents(named[i])) {
                if (kindOf(each.object) != ObjectKind::constraint) continue;
                const Id referencing = to.world.constraints.at(each.object).relation;
                if (!referencing || std::ranges::find(named, referencing) != named.end()) continue;
                named.push_back(referencing);
                change.alsoEmptied.push_back(to.world.shown(referencing));
            }
    to.tell(std::move(change));
}

void refresh(Description& to, const Node& statement) {
    const Id view = to.find(statement.node("relation"));
    change::RefreshView change{.view = to.ref(statement.node("relation")), .concurrently = statement.flag("concurrent")};
    if (view) {
        const Relation& of = to.world.relation(view);
        change.populated = of.populated;
        change.uniqueIndex = std::ranges::any_of(of.indexes, [&](Id id) { return to.world.relation(id).index->unique && !to.world.relation(id).index->partial; });
    }
    to.tell(std::move(change));
}

void vacuum(Description& to, const Node& statement) {
    if (!statement.flag("is_vacuumcmd") || !booleanIn(statement, "options", "full", false)) return;
    for (const Node& each : statement.list("rels")) to.tell(change::ClusterTable{to.ref(each.node("relation")), true});
    if (statement.list("rels").empty()) to.tell(change::ClusterTable{.table = {.known = false}, .vacuumFull = true});
}

void grant(Description& to, const Node& statement) {
    change::GrantChange change{.revokes = !statement.flag("is_grant"), .all = statement.list("privileges").empty()};
    for (const Node& each : statement.list("grantees")) change.toPublic = change.toPublic || each.text("roletype") == "ROLESPEC_PUBLIC";
    change.kind = lower(statement.text("objtype").substr(std::string_view("OBJECT_").size()));
    const auto objects = statement.list("objects");
    if (!objects.empty() && objects.front().is("RangeVar")) change.relation = to.ref(objects.front());
    if (!objects.empty()) change.name = change.relation ? change.relation->name : std::string(objects.front().string());
    to.tell(std::move(change));
}

/// Updates and deletes of a published table fail when nothing identifies its rows (manual, "Logical Replication", Publication).
bool identifiesRows(const World& world, Id table) {
    const Relation& of = world.relation(table);
    if (of.replicaIdentity == "FULL" || of.replicaIdentity == "INDEX") return true;
    return of.replicaIdentity.empty() && std::ranges::any_of(of.indexes, [&](Id id) { return world.relation(id).index->primary; });
}

void publication(Description& to, const Node& statement) {
    change::PublicationChange change{.verb = statement.is("CreatePublicationStmt") ? "create" : "alter", .name = std::string(statement.text("pubname"))};
    const bool drops = statement.text("action") == "AP_DropObjects";
    for (const Node& each : statement.list("pubobjects")) {
        const Node table = each.node("pubtable");
        if (!table || drops) continue;
        change.tables.push_back(to.ref(table.node("relation")));
        const Id id = to.find(table.node("relation"));
        if (id && !to.world.relation(id).placeholder && !identifiesRows(to.world, id)) change.withoutIdentity.push_back(to.world.shown(id));
    }
    if (statement.flag("for_all_tables"))
        for (const Relation& relation : to.world.relations.all())
            if (relation.kind == RelationKind::table && !relation.temporary && !relation.unlogged && !relation.placeholder && !identifiesRows(to.world, relation.id)) change.withoutIdentity.push_back(to.world.shown(relation.id));
    to.tell(std::move(change));
}

}  // namespace

void describeOthers(Description& to, const Node& statement) {
    if (statement.is("VariableSetStmt")) return setVariable(to, statement);
    if (statement.is("CreateSchemaStmt")) {
        if (!to.names.schema(statement.text("schemaname"))) to.tell(change::CreateSchema{sqlName(statement.text("schemaname"))});
        return;
    }
    if (statement.is("CreateSeqStmt")) {
        if (!to.find(statement.node("sequence"))) to.tell(change::CreateSequence{to.made(statement.node("sequence"), RelationKind::sequence)});
        return;
    }
    if (statement.is("TruncateStmt")) return truncate(to, statement);
    if (statement.is("RefreshMatViewStmt")) return refresh(to, statement);
    if (statement.is("VacuumStmt")) return vacuum(to, statement);
    if (statement.is("GrantStmt")) return grant(to, statement);
    if (statement.is("CreatePublicationStmt") || statement.is("AlterPublicationStmt")) return publication(to, statement);
    if (statement.is("ClusterStmt")) return to.tell(change::ClusterTable{statement.node("relation") ? to.ref(statement.node("relation")) : RelationRef{.known = false}, false});
    if (statement.is("LockStmt")) {
        for (const Node& each : statement.list("relations")) to.tell(change::LockTable{to.ref(each), static_cast<LockMode>(statement.number("mode"))});
        return;
    }
    if (statement.is("AlterSeqStmt")) {
        if (std::ranges::any_of(statement.list("options"), [](const Node& each) { return each.text("defname") == "restart"; })) to.tell(change::SetSequence{});
        return;
    }
    if (statement.is("AlterOwnerStmt")) return;  // of what is no table: it asks for no lock that anybody waits for
    const std::string_view node = statement.type();
    to.tell(change::ServerChange{node == "AlterSystemStmt" ? "ALTER SYSTEM" : node.starts_with("AlterDatabase") ? "ALTER DATABASE" : node == "CreateRoleStmt" ? "CREATE ROLE" : "ALTER ROLE"});
}

}  // namespace slipway::postgres
