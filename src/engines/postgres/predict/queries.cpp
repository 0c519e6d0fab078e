#include "engines/postgres/predict/queries.h"

#include <algorithm>

#include "engines/postgres/predict/query_reader.h"

namespace slipway::postgres {

namespace {

template <class T>
void sortUnique(std::vector<T>& values) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
}

}  // namespace

QueryUse usesOfQuery(const World& world, const SessionState& session, const Node& statement, Id oldAndNew) {
    QueryReader reader(world, session);
    Scope outer;
    if (oldAndNew)
        for (const char* alias : {"old", "new"}) {
            RangeItem row = reader.item(oldAndNew, alias);
            row.qualifiedOnly = true;
            outer.add(std::move(row));
        }
    const Rows rows = reader.statement(statement, &outer);
    QueryUse found = reader.take();
    found.open = rows.open;
    found.output.reserve(rows.columns.size());
    for (const OutputColumn& each : rows.columns) found.output.push_back({std::string(each.name), each.type});
    return found;
}

Uses usesOfExpression(const World& world, const SessionState& session, const Node& expression, Id relation, bool oldAndNew) {
    if (expression.is("A_Const")) return {};
    QueryReader reader(world, session);
    Scope scope;
    if (relation) {
        // No * stands for all columns in an expression, so they are not gathered in Scope::everything.
        RangeItem& table = scope.items.emplace_back(reader.item(relation, world.relation(relation).name));
        table.schema = world.schemaName(relation);
    }
    if (oldAndNew)
        for (const char* alias : {"old", "new"}) scope.items.emplace_back(reader.item(relation, alias)).qualifiedOnly = true;
    reader.expression(expression, scope);
    return reader.take().uses;
}

QueryUse QueryReader::take() {
    spreadConditions();
    sortUnique(found_.uses.columns);
    sortUnique(found_.uses.functions);
    sortUnique(found_.uses.types);
    sortUnique(found_.uses.sequences);
    sortUnique(found_.sequences);
    return std::move(found_);
}

Rows QueryReader::statement(const Node& statement, const Scope* outer) {
    if (statement.is("InsertStmt")) return insert(statement, outer);
    if (statement.is("UpdateStmt")) return update(statement, outer);
    if (statement.is("DeleteStmt")) return remove(statement, outer);
    if (statement.is("MergeStmt")) return merge(statement, outer);
    return select(statement, outer);
}

Rows QueryReader::select(const Node& select, const Scope* outer) {
    Scope named(outer);
    with(select.node("withClause"), named);
    const std::string_view operation = select.text("op");
    Scope scope(&named);
    Rows rows;
    if (!operation.empty() && operation != "SETOP_NONE") {
        rows = this->select(select.node("larg"), &named);
        const Rows right = this->select(select.node("rarg"), &named);
        for (size_t i = 0; i < std::min(rows.columns.size(), right.columns.size()); ++i)
            if (!rows.columns[i].type.known()) rows.columns[i].type = right.columns[i].type;
    } else if (const auto lists = select.list("valuesLists"); !lists.empty()) {
        rows = values(select, scope);
    } else {
        from(select.list("fromClause"), scope);
        rows = targets(select.list("targetList"), scope);
        for (const char* clause : {"whereClause", "havingClause"}) expression(select.node(clause), scope);
        conditions(select.node("whereClause"), scope);
        for (const char* list : {"distinctClause", "groupClause", "windowClause"})
            for (const Node& each : select.list(list)) expression(each, scope);
    }
    for (const Node& each : select.list("sortClause")) {
        // A bare name is that of an output column first (findTargetlistEntrySQL92() in parse_clause.c).
        const Node key = each.node("node");
        const auto name = key.names("fields");
        if (key.is("ColumnRef") && name.size() == 1 && rows.column(name[0])) continue;
        expression(each, scope);
    }
    for (const char* clause : {"limitOffset", "limitCount"}) expression(select.node(clause), scope);
    for (const Node& each : select.list("lockingClause")) locking(each, scope);
    forgetUnused(named);
    return rows;
}

Rows QueryReader::values(const Node& select, const Scope& scope) {
    Rows rows;
    for (const Node& list : select.list("valuesLists")) {
        const auto items = list.list("items");
        if (rows.columns.size() < items.size()) rows.columns.resize(items.size());
        for (size_t i = 0; i < items.size(); ++i) {
            const TypeRef type = expression(items[i], scope);
            if (!rows.columns[i].type.known()) rows.columns[i].type = type;
        }
    }
    for (size_t i = 0; i < rows.columns.size(); ++i) rows.columns[i].name = keep("column" + std::to_string(i + 1));
    return rows;
}

/// FOR UPDATE and its like hold for the relations of FROM, in subqueries too (transformLockingClause() in analyze.c).
void QueryReader::locking(const Node& clause, const Scope& scope) {
    const auto of = clause.list("lockedRels");
    for (const RangeItem& item : scope.items) {
        const bool meant =
            of.empty() || std::ranges::any_of(of, [&](const Node& each) { return each.text("relname") == item.alias; });
        if (!meant) continue;
        for (size_t i = item.firstUse; i < item.endOfUses; ++i)
            if (RelationUse& use = found_.relations[i]; use.operation == 's') use.operation = 'k';
    }
}

void QueryReader::with(const Node& clause, Scope& scope) {
    for (const Node& each : clause.list("ctes")) {
        const Node query = each.node("ctequery");
        const auto aliases = each.names("aliascolnames");
        const size_t place = scope.commonTables.size();
        const size_t firstUse = found_.relations.size();
        if (clause.flag("recursive")) {
            // It may name itself: its columns are those of its first part.
            scope.commonTables.push_back({each.text("ctename"), {}});
            Rows first;
            if (query.has("larg")) first = select(query.node("larg"), &scope);
            first.renameColumns(aliases);
            scope.commonTables[place].rows = std::move(first);
        }
        Rows rows = statement(query, &scope);
        rows.renameColumns(aliases);
        // Its columns are used where it was read; whoever reads it uses no others.
        for (OutputColumn& column : rows.columns) column.source = {};
        scope.commonTables.resize(place);
        scope.commonTables.push_back({each.text("ctename"), std::move(rows), firstUse,
                                      found_.relations.size(), query.is("SelectStmt")});
    }
}

/// The planner does not look into a SELECT that nobody reads (SS_process_ctes() in subselect.c).
void QueryReader::forgetUnused(const Scope& scope) {
    for (const CommonTable& each : scope.commonTables)
        for (size_t i = each.firstUse; i < each.endOfUses && each.isSelect && !each.used; ++i)
            found_.relations[i].planned = false;
}

Rows QueryReader::targets(const std::vector<Node>& list, const Scope& scope) {
    Rows rows;
    for (const Node& each : list) {
        const Node value = each.node("val");
        if (value.is("ColumnRef") && !value.list("fields").empty() && value.list("fields").back().is("A_Star")) {
            rows.append(everything(value, scope));
            continue;
        }
        OutputColumn column;
        column.name = each.has("name") ? each.text("name") : keep(columnName(value));
        column.type = expression(value, scope);
        rows.columns.push_back(std::move(column));
    }
    return rows;
}

Rows QueryReader::everything(const Node& columnRef, const Scope& scope) {
    const auto fields = columnRef.list("fields");
    Rows rows;
    if (fields.size() == 1) {
        rows = scope.everything;
    } else {
        const std::string_view schema = fields.size() > 2 ? fields[fields.size() - 3].string() : std::string_view();
        if (const RangeItem* item = scope.item(fields[fields.size() - 2].string(), schema)) rows = item->rows;
    }
    for (OutputColumn& column : rows.columns) use(column);
    return rows;
}

Rows QueryReader::returning(const Node& statement, const Scope& scope) {
    return targets(statement.list("returningList"), scope);
}

/// The left sides of SET, and what is assigned.
std::vector<Attribute> QueryReader::assign(const std::vector<Node>& list, const RangeItem& target, const Scope& scope) {
    std::vector<Attribute> columns;
    for (const Node& each : list) {
        if (const OutputColumn* column = target.rows.column(each.text("name"))) {
            columns.push_back(column->source.column);
            use(*column);
        }
        for (const Node& step : each.list("indirection")) expression(step, scope);
        expression(each.node("val"), scope);
    }
    return columns;
}

/// The columns that are named, or else the first `count`.
std::vector<Attribute> QueryReader::written(const std::vector<Node>& names, size_t count, const RangeItem& target) {
    std::vector<Attribute> columns;
    const auto add = [&](const OutputColumn& column) {
        columns.push_back(column.source.column);
        use(column);
    };
    for (const Node& each : names)
        if (const OutputColumn* column = target.rows.column(each.text("name"))) add(*column);
    if (names.empty())
        for (size_t i = 0; i < std::min(count, target.rows.columns.size()); ++i) add(target.rows.columns[i]);
    return columns;
}

Rows QueryReader::insert(const Node& insert, const Scope* outer) {
    Scope named(outer);
    with(insert.node("withClause"), named);
    const RangeItem table = target(insert, 'i');
    Rows source;
    if (const Node query = insert.node("selectStmt")) source = statement(query, &named);
    found_.relations[table.firstUse].columns = written(insert.list("cols"), source.columns.size(), table);
    Scope scope(&named);
    scope.add(table);
    if (insert.has("onConflictClause")) onConflict(insert, table, scope);
    Rows rows = returning(insert, scope);
    forgetUnused(named);
    return rows;
}

void QueryReader::onConflict(const Node& insert, const RangeItem& target, const Scope& scope) {
    const Node clause = insert.node("onConflictClause");
    if (const Node arbiter = clause.node("infer")) {
        found_.relations[target.firstUse].arbiter = arbiter.text("conname");
        for (const Node& each : arbiter.list("indexElems")) {
            const Node key = each.node("expr");
            if (const OutputColumn* column = target.rows.column(each.text("name"))) use(*column);
            expression(key, scope);
        }
        expression(arbiter.node("whereClause"), scope);
    }
    if (clause.text("action") != "ONCONFLICT_UPDATE") return;
    Scope updating(scope.outer);
    updating.add(target);
    RangeItem excluded = target;
    excluded.alias = "excluded";
    excluded.schema = {};
    excluded.qualifiedOnly = true;
    updating.add(std::move(excluded));
    const Id relation = found_.relations[target.firstUse].relation;
    const bool only = !relation || world_.relation(relation).kind != RelationKind::partitioned;
    RelationUse update{.relation = relation, .operation = 'u', .only = only, .planned = false, .statement = clause};
    update.columns = assign(clause.list("targetList"), target, updating);
    expression(clause.node("whereClause"), updating);
    found_.relations.push_back(std::move(update));
}

Rows QueryReader::update(const Node& update, const Scope* outer) {
    Scope named(outer);
    with(update.node("withClause"), named);
    const RangeItem table = target(update, 'u');
    Scope scope(&named);
    scope.add(table);
    from(update.list("fromClause"), scope);
    found_.relations[table.firstUse].columns = assign(update.list("targetList"), table, scope);
    expression(update.node("whereClause"), scope);
    conditions(update.node("whereClause"), scope);
    Rows rows = returning(update, scope);
    forgetUnused(named);
    return rows;
}

Rows QueryReader::remove(const Node& remove, const Scope* outer) {
    Scope named(outer);
    with(remove.node("withClause"), named);
    Scope scope(&named);
    scope.add(target(remove, 'd'));
    from(remove.list("usingClause"), scope);
    expression(remove.node("whereClause"), scope);
    conditions(remove.node("whereClause"), scope);
    Rows rows = returning(remove, scope);
    forgetUnused(named);
    return rows;
}

Rows QueryReader::merge(const Node& merge, const Scope* outer) {
    Scope named(outer);
    with(merge.node("withClause"), named);
    const RangeItem table = target(merge, 'm');
    Scope scope(&named);
    scope.add(table);
    from({merge.node("sourceRelation")}, scope);
    expression(merge.node("joinCondition"), scope);
    conditions(merge.node("joinCondition"), scope);
    for (const Node& each : merge.list("mergeWhenClauses")) {
        expression(each.node("condition"), scope);
        const std::string_view command = each.text("commandType");
        const RelationUse of = found_.relations[table.firstUse];
        RelationUse action{
            .relation = of.relation, .only = of.only, .planned = false, .conditions = of.conditions, .statement = each};
        if (command == "CMD_UPDATE") {
            action.operation = 'u';
            action.columns = assign(each.list("targetList"), table, scope);
        } else if (command == "CMD_INSERT") {
            action.operation = 'i';
            action.columns = written(each.list("targetList"), each.list("values").size(), table);
            for (const Node& value : each.list("values")) expression(value, scope);
        } else if (command == "CMD_DELETE") {
            action.operation = 'd';
        } else {
            continue;
        }
        found_.relations.push_back(std::move(action));
    }
    forgetUnused(named);
    return {};
}

}  // namespace slipway::postgres
