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

Attribute attributeOf(const RangeItem& target, std::string_view column) {
    const OutputColumn* found = target.rows.column(column);
    return found ? found->source.column : Attribute{0};
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
    Rows rows = reader.statement(statement, &outer);
    QueryUse found = reader.take();
    found.output = std::move(rows);
    return found;
}

Uses usesOfExpression(const World& world, const SessionState& session, const Node& expression, Id relation) {
    QueryReader reader(world, session);
    Scope scope;
    if (relation) {
        RangeItem table = reader.item(relation, world.name(relation));
        table.schema = world.schemaName(relation);
        scope.add(table);
        for (const char* alias : {"old", "new"}) {
            RangeItem row = reader.item(relation, alias);
            row.qualifiedOnly = true;
            scope.add(std::move(row));
        }
    }
    reader.expression(expression, scope);
    return reader.take().uses;
}

QueryUse QueryReader::take() {
    sortUnique(found_.uses.columns);
    sortUnique(found_.uses.functions);
    sortUnique(found_.uses.types);
    sortUnique(found_.uses.sequences);
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
    for (size_t i = 0; i < rows.columns.size(); ++i) rows.columns[i].name = "column" + std::to_string(i + 1);
    return rows;
}

/// FOR UPDATE and its like hold for the relations of FROM, in subqueries too (transformLockingClause() in analyze.c).
void QueryReader::locking(const Node& clause, const Scope& scope) {
    const auto of = clause.list("lockedRels");
    for (const RangeItem& item : scope.items) {
        const bool meant = of.empty() || std::ranges::any_of(of, [&](const Node& each) { return each.text("relname") == item.alias; });
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
        if (clause.flag("recursive")) {
            // It may name itself: its columns are those of its first part.
            scope.commonTables.push_back({std::string(each.text("ctename")), {}});
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
        scope.commonTables.push_back({std::string(each.text("ctename")), std::move(rows)});
    }
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
        column.name = each.has("name") ? std::string(each.text("name")) : columnName(value);
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
void QueryReader::assign(const std::vector<Node>& list, const RangeItem& target, RelationUse& use, const Scope& scope) {
    for (const Node& each : list) {
        if (const Attribute column = attributeOf(target, each.text("name"))) {
            use.columns.push_back(column);
            found_.uses.columns.push_back({use.relation, column});
        }
        for (const Node& step : each.list("indirection")) expression(step, scope);
        expression(each.node("val"), scope);
    }
}

Rows QueryReader::insert(const Node& insert, const Scope* outer) {
    Scope named(outer);
    with(insert.node("withClause"), named);
    RelationUse use{.operation = 'i'};
    const RangeItem table = target(insert.node("relation"), use);
    const auto columns = insert.list("cols");
    for (const Node& each : columns)
        if (const Attribute column = attributeOf(table, each.text("name"))) use.columns.push_back(column);
    Rows source;
    if (const Node query = insert.node("selectStmt")) {
        source = statement(query, &named);
        // Without a list of columns, the first ones are given.
        if (columns.empty())
            for (size_t i = 0; i < std::min(source.columns.size(), table.rows.columns.size()); ++i)
                use.columns.push_back(table.rows.columns[i].source.column);
    }
    for (const Attribute column : use.columns) found_.uses.columns.push_back({use.relation, column});
    Scope scope(&named);
    scope.add(table);
    found_.relations.push_back(use);
    if (const Node clause = insert.node("onConflictClause")) onConflict(clause, table, use, scope);
    return returning(insert, scope);
}

void QueryReader::onConflict(const Node& clause, const RangeItem& target, RelationUse& use, const Scope& scope) {
    if (const Node arbiter = clause.node("infer")) {
        for (const Node& each : arbiter.list("indexElems")) {
            if (const OutputColumn* column = target.rows.column(each.text("name"))) this->use(*column);
            expression(each.node("expr"), scope);
        }
        expression(arbiter.node("whereClause"), scope);
    }
    if (clause.text("action") != "ONCONFLICT_UPDATE") return;
    Scope updating(scope.outer);
    updating.add(target);
    RangeItem excluded = target;
    excluded.alias = "excluded";
    excluded.schema.clear();
    excluded.qualifiedOnly = true;
    updating.add(std::move(excluded));
    RelationUse update{.relation = use.relation, .operation = 'u'};
    assign(clause.list("targetList"), target, update, updating);
    expression(clause.node("whereClause"), updating);
    found_.relations.push_back(std::move(update));
}

Rows QueryReader::update(const Node& update, const Scope* outer) {
    Scope named(outer);
    with(update.node("withClause"), named);
    RelationUse use{.operation = 'u'};
    const RangeItem table = target(update.node("relation"), use);
    Scope scope(&named);
    scope.add(table);
    from(update.list("fromClause"), scope);
    assign(update.list("targetList"), table, use, scope);
    expression(update.node("whereClause"), scope);
    found_.relations.push_back(std::move(use));
    return returning(update, scope);
}

Rows QueryReader::remove(const Node& remove, const Scope* outer) {
    Scope named(outer);
    with(remove.node("withClause"), named);
    RelationUse use{.operation = 'd'};
    Scope scope(&named);
    scope.add(target(remove.node("relation"), use));
    from(remove.list("usingClause"), scope);
    expression(remove.node("whereClause"), scope);
    found_.relations.push_back(std::move(use));
    return returning(remove, scope);
}

Rows QueryReader::merge(const Node& merge, const Scope* outer) {
    Scope named(outer);
    with(merge.node("withClause"), named);
    RelationUse use{.operation = 'm'};
    const RangeItem table = target(merge.node("relation"), use);
    Scope scope(&named);
    scope.add(table);
    from({merge.node("sourceRelation")}, scope);
    expression(merge.node("joinCondition"), scope);
    found_.relations.push_back(use);
    for (const Node& each : merge.list("mergeWhenClauses")) {
        expression(each.node("condition"), scope);
        const std::string_view command = each.text("commandType");
        RelationUse action{.relation = use.relation, .only = use.only};
        if (command == "CMD_UPDATE") {
            action.operation = 'u';
            assign(each.list("targetList"), table, action, scope);
        } else if (command == "CMD_INSERT") {
            action.operation = 'i';
            for (const Node& column : each.list("targetList"))
                if (const Attribute number = attributeOf(table, column.text("name"))) action.columns.push_back(number);
            for (const Node& value : each.list("values")) expression(value, scope);
        } else if (command == "CMD_DELETE") {
            action.operation = 'd';
        } else {
            continue;
        }
        found_.relations.push_back(std::move(action));
    }
    return {};
}

}  // namespace slipway::postgres
