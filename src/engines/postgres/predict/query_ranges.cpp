// The items of FROM, and what columns they offer.

#include <algorithm>

#include "engines/postgres/predict/query_reader.h"

namespace slipway::postgres {

namespace {

/// Relations of pg_catalog come before all others, and those of the information_schema are its views.
bool isSystem(const Node& rangeVar) {
    const std::string_view schema = rangeVar.text("schemaname");
    if (schema == "pg_catalog" || schema == "information_schema" || schema == "pg_toast") return true;
    return schema.empty() && rangeVar.text("relname").starts_with("pg_");
}

Rows open() {
    Rows rows;
    rows.open = true;
    return rows;
}

}  // namespace

RangeItem QueryReader::item(Id relation, std::string_view alias) const {
    RangeItem item{.alias = alias};
    const Relation& table = world_.relation(relation);
    item.rows.open = table.placeholder || table.open || table.columns.empty();
    item.rows.columns.reserve(table.columns.size());
    for (size_t i = 0; i < table.columns.size(); ++i)
        if (const WorldColumn& column = table.columns[i]; !column.dropped)
            item.rows.columns.push_back({column.name, column.type, {relation, static_cast<Attribute>(i + 1)}});
    return item;
}

RangeItem QueryReader::target(const Node& statement, char operation) {
    const Node rangeVar = statement.node("relation");
    found_.relations.push_back({.relation = names_.relation(rangeVar),
                                .operation = operation,
                                .only = !rangeVar.flag("inh"),
                                .statement = statement});
    const RelationUse& use = found_.relations.back();
    const Node alias = rangeVar.node("alias");
    RangeItem table{.alias = alias ? alias.text("aliasname") : rangeVar.text("relname")};
    if (!use.relation) {
        if (!isSystem(rangeVar))
            found_.unknown.push_back({std::string(rangeVar.text("relname")), rangeVar.number("location")});
        table.rows = open();
        table.firstUse = found_.relations.size() - 1;
        return table;
    }
    found_.uses.columns.push_back({use.relation, 0});
    table = item(use.relation, table.alias);
    if (!alias) table.schema = world_.schemaName(use.relation);
    table.isRelation = true;
    table.firstUse = found_.relations.size() - 1;
    table.endOfUses = found_.relations.size();
    return table;
}

void QueryReader::from(const std::vector<Node>& list, Scope& scope) {
    for (const Node& each : list) scope.add(fromItem(each, scope));
}

Joined QueryReader::fromItem(const Node& node, const Scope& siblings) {
    if (node.is("JoinExpr")) return join(node, siblings);
    if (node.is("RangeTableSample")) {
        for (const Node& each : node.list("args")) expression(each, siblings);
        expression(node.node("repeatable"), siblings);
        return fromItem(node.node("relation"), siblings);
    }
    RangeItem item;
    const size_t first = found_.relations.size();
    if (node.is("RangeVar"))
        item = relation(node, siblings);
    else if (node.is("RangeSubselect"))
        item = derived(node, siblings);
    else
        item = functions(node, siblings);
    item.firstUse = first;
    item.endOfUses = found_.relations.size();
    if (const Node alias = node.node("alias")) {
        item.alias = alias.text("aliasname");
        item.schema = {};
        item.rows.renameColumns(alias.names("colnames"));
    }
    Joined joined{.rows = item.rows};
    joined.items.push_back(std::move(item));
    return joined;
}

RangeItem QueryReader::relation(const Node& rangeVar, const Scope& scope) {
    const std::string_view name = rangeVar.text("relname");
    RangeItem table{.alias = name, .rows = open()};
    if (rangeVar.text("schemaname").empty())
        if (const CommonTable* common = scope.commonTable(name)) {
            table.rows = common->rows;
            common->used = true;
            return table;
        }
    const Id relation = names_.relation(rangeVar);
    if (!relation) {
        if (!isSystem(rangeVar)) found_.unknown.push_back({std::string(name), rangeVar.number("location")});
        return table;
    }
    found_.relations.push_back({.relation = relation, .operation = 's', .only = !rangeVar.flag("inh")});
    found_.uses.columns.push_back({relation, 0});
    table = item(relation, table.alias);
    table.schema = world_.schemaName(relation);
    table.isRelation = true;
    return table;
}

RangeItem QueryReader::derived(const Node& node, const Scope& siblings) {
    RangeItem item{.rows = statement(node.node("subquery"), node.flag("lateral") ? &siblings : siblings.aside)};
    for (OutputColumn& column : item.rows.columns) column.source = {};
    return item;
}

/// Columns of the left and the right side, with those of USING or NATURAL once and in front (transformFromClauseItem()
/// in parse_clause.c). An alias hides the names of both sides.
Joined QueryReader::join(const Node& join, const Scope& siblings) {
    Joined left = fromItem(join.node("larg"), siblings);
    Scope withLeft(&siblings);
    withLeft.aside = siblings.aside;
    withLeft.items = left.items;
    Joined right = fromItem(join.node("rarg"), withLeft);

    std::vector<std::string_view> shared = join.names("usingClause");
    if (join.flag("isNatural"))
        for (const OutputColumn& column : left.rows.columns)
            if (right.rows.column(column.name)) shared.push_back(column.name);
    Rows merged;
    for (const std::string_view name : shared) {
        const OutputColumn* column = left.rows.column(name);
        if (column) use(*column);
        if (const OutputColumn* other = right.rows.column(name)) use(*other);
        merged.columns.push_back(column ? *column : OutputColumn{name, {}, {}});
    }
    const Rows usingColumns = merged;
    for (const Rows* side : {&left.rows, &right.rows}) {
        merged.open = merged.open || side->open;
        for (const OutputColumn& column : side->columns)
            if (std::ranges::find(shared, column.name) == shared.end()) merged.columns.push_back(column);
    }

    Joined both{.items = std::move(left.items), .rows = std::move(merged)};
    std::ranges::move(right.items, std::back_inserter(both.items));
    Scope on(&siblings);
    on.items = both.items;
    expression(join.node("quals"), on);
    const std::string_view kind = join.text("jointype");
    if (kind.empty() || kind == "JOIN_INNER") conditions(join.node("quals"), on);

    if (const Node alias = join.node("join_using_alias")) {
        RangeItem item{.alias = alias.text("aliasname"), .rows = usingColumns};
        item.qualifiedOnly = true;
        both.items.push_back(std::move(item));
    }
    if (const Node alias = join.node("alias")) {
        RangeItem item{.alias = alias.text("aliasname"), .rows = both.rows};
        item.rows.renameColumns(alias.names("colnames"));
        item.firstUse = both.items.front().firstUse;
        for (const RangeItem& each : both.items) item.endOfUses = std::max(item.endOfUses, each.endOfUses);
        both.rows = item.rows;
        both.items.assign(1, std::move(item));
    }
    return both;
}

Rows QueryReader::declared(const std::vector<Node>& columnDefinitions) {
    Rows rows;
    for (const Node& each : columnDefinitions) {
        OutputColumn column{each.text("colname"), names_.type(each.node("typeName")), {}};
        useType(column.type);
        rows.columns.push_back(std::move(column));
    }
    return rows;
}

/// RangeFunction, and XMLTABLE as RangeTableFunc.
RangeItem QueryReader::functions(const Node& node, const Scope& scope) {
    RangeItem item;
    const std::string_view alias = node.node("alias").text("aliasname");
    if (!node.is("RangeFunction")) {
        expression(node, scope);
        item.rows = declared(node.list("columns"));
        return item;
    }
    for (const Node& each : node.list("functions")) {
        const auto parts = each.list("items");
        if (parts.empty()) continue;
        Rows rows = rowsOfCall(parts[0], scope, alias);
        if (parts.size() > 1 && parts[1].is("List")) rows = declared(parts[1].list("items"));
        item.rows.append(rows);
        if (item.alias.empty()) item.alias = keep(columnName(parts[0]));
    }
    if (const auto definitions = node.list("coldeflist"); !definitions.empty()) item.rows = declared(definitions);
    if (node.flag("ordinality")) item.rows.columns.push_back({"ordinality", {.builtin = "int8"}, {}});
    return item;
}

/// A scalar's column is called as the alias, or else as the function.
Rows QueryReader::rowsOfCall(const Node& call, const Scope& scope, std::string_view alias) {
    const TypeRef type = expression(call, scope);
    Rows rows;
    // A row type is named by its relation or, of a composite type, has one.
    Id own = type.array ? 0 : type.own;
    if (kindOf(own) == ObjectKind::type) own = world_.types.at(own).relation;
    if (kindOf(own) == ObjectKind::relation) {
        const Relation& row = world_.relation(own);
        for (const WorldColumn& column : row.columns)
            if (!column.dropped) rows.columns.push_back({column.name, column.type, {}});
        return rows;
    }
    if (!type.known() || type.builtin == "record") {
        rows.open = true;
        return rows;
    }
    rows.columns.push_back({alias.empty() ? keep(columnName(call)) : alias, type, {}});
    return rows;
}

}  // namespace slipway::postgres
