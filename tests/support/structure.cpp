#include "support/structure.h"

namespace slipway::tests {

namespace {

constexpr const char* there = "there";

void blank(std::string& text) {
    if (!text.empty()) text = there;
}

void blank(Column& column) {
    if (column.defaultValue) column.defaultValue = there;
    column.collation.clear();
    column.options.clear();
    column.grants.clear();
    column.comment.clear();
}

void blank(std::vector<Constraint>& constraints) {
    for (Constraint& each : constraints) {
        each.definition.clear();
        each.comment.clear();
        if (each.type == ConstraintType::check || each.type == ConstraintType::exclusion) each.columns.clear();
    }
}

void blank(std::vector<Attachment>& attachments) {
    for (Attachment& each : attachments) {
        each.definition.clear();
        each.comment.clear();
    }
}

void blank(Table& table) {
    for (Column& column : table.columns) blank(column);
    blank(table.constraints);
    for (Index& index : table.indexes) {
        index.definition.clear();
        index.statisticsTargets.clear();
        index.comment.clear();
    }
    blank(table.triggers);
    blank(table.rules);
    blank(table.policies);
    blank(table.partitionBound);
    blank(table.partitionKey);
    blank(table.viewDefinition);
    table.options.clear();
    table.owner.clear();
    table.grants.clear();
    table.comment.clear();
    // The types of a view's columns are the result of the server's analysis of its query.
    if (table.kind == TableKind::view || table.kind == TableKind::materializedView)
        for (Column& column : table.columns) column.type.clear();
}

template <class Objects>
void forget(Objects& objects) {
    for (auto& each : objects) {
        each.owner.clear();
        each.grants.clear();
        each.comment.clear();
    }
}

}  // namespace

Catalog structureOf(Catalog catalog) {
    for (Table& table : catalog.tables) blank(table);
    for (Type& type : catalog.types) {
        for (Column& attribute : type.attributes) blank(attribute);
        if (type.defaultValue) type.defaultValue = there;
        blank(type.constraints);
        type.definition.clear();
        type.collation.clear();
    }
    std::erase_if(catalog.types, [](const Type& type) { return type.kind == TypeKind::base || type.kind == TypeKind::shell; });
    for (Function& function : catalog.functions) {
        function.definition.clear();
        function.returns.clear();
        function.parallel.clear();
        function.settings.clear();
        function.securityDefiner = false;
    }
    for (Sequence& sequence : catalog.sequences) sequence.minimum = sequence.maximum = sequence.start = 0;
    for (Extension& extension : catalog.extensions) extension.version = extension.schema = extension.comment = "";
    forget(catalog.schemas);
    forget(catalog.types);
    forget(catalog.sequences);
    forget(catalog.functions);
    catalog.others.clear();
    catalog.sort();
    return catalog;
}

}  // namespace slipway::tests
