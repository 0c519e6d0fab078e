#include "engines/postgres/predict/written_rows.h"

#include <algorithm>

#include "base/text.h"
#include "engines/postgres/predict/parsed.h"

namespace slipway::postgres {

namespace {

/// Of a longer list of VALUES, the rest is taken to be unknown.
constexpr size_t mostRows = 1000;

}  // namespace

WrittenRows::WrittenRows(const World& world, const RelationUse& use, bool nulls) : world_(world), use_(use) {
    const Node& statement = use.statement;
    if (statement.is("InsertStmt")) {
        readInsert(statement);
    } else if (const auto values = statement.list("values"); statement.is("MergeWhenClause") && use.operation == 'i') {
        std::vector<Cell> row;
        for (const Node& each : values) row.push_back(cellOf(each));
        rows_.push_back(std::move(row));
    } else if (use.operation == 'u' && statement) {
        std::vector<Cell> row;
        for (const Node& each : statement.list("targetList")) row.push_back(cellOf(each.node("val")));
        rows_.push_back(std::move(row));
    }
    if (rows_.empty()) {
        Cell cell;
        if (nulls) cell.value.kind = KnownValue::Kind::null;
        rows_.emplace_back(use.columns.size(), cell);
    }
    for (auto& row : rows_) row.resize(use.columns.size());
}

void WrittenRows::readInsert(const Node& statement) {
    const Node query = statement.node("selectStmt");
    if (!query) {  // DEFAULT VALUES
        rows_.emplace_back();
        return;
    }
    for (const Node& list : query.list("valuesLists")) {
        if (rows_.size() == mostRows) {
            rows_.emplace_back(use_.columns.size());
            return;
        }
        std::vector<Cell> row;
        for (const Node& each : list.list("items")) row.push_back(cellOf(each));
        rows_.push_back(std::move(row));
    }
    if (!rows_.empty() || query.has("fromClause") || query.has("larg")) return;
    std::vector<Cell> row;
    for (const Node& each : query.list("targetList")) row.push_back(cellOf(each.node("val")));
    rows_.push_back(std::move(row));
}

WrittenRows::Cell WrittenRows::cellOf(const Node& expression) {
    Cell cell;
    cell.isDefault = expression.is("SetToDefault");
    Node inner = expression;
    while (inner.is("TypeCast")) inner = inner.node("arg");
    if (inner.is("A_Const") && inner.flag("isnull")) cell.value.kind = KnownValue::Kind::null;
    if (const auto constant = constantOf(expression)) cell.value = {KnownValue::Kind::constant, *constant};
    return cell;
}

KnownValue WrittenRows::defaultOf(Attribute number) const {
    if (!number) return {};
    const WorldColumn& column = world_.relation(use_.relation).column(number);
    if (column.identity || column.generated) return {};
    if (!column.defaultValue) {
        const bool isDomain = column.type.own && kindOf(column.type.own) == ObjectKind::type &&
                              world_.types.at(column.type.own).kind == TypeKind::domain;
        return {isDomain ? KnownValue::Kind::unknown : KnownValue::Kind::null, ""};
    }
    const Parsed parsed = Parsed::sql("SELECT " + *column.defaultValue);
    if (parsed.statements().empty()) return {};
    const auto targets = parsed.statements().front().node.list("targetList");
    return targets.size() == 1 ? cellOf(targets[0].node("val")).value : KnownValue{};
}

KnownValue WrittenRows::value(size_t row, const std::string& column) const {
    const Attribute number = world_.relation(use_.relation).attribute(column);
    const auto written = std::ranges::find(use_.columns, number);
    if (!number || written == use_.columns.end()) return use_.operation == 'i' ? defaultOf(number) : KnownValue{};
    const Cell& cell = rows_[row][static_cast<size_t>(written - use_.columns.begin())];
    return cell.isDefault ? defaultOf(number) : cell.value;
}

bool WrittenRows::usesDefault(Attribute column) const {
    const auto written = std::ranges::find(use_.columns, column);
    if (written == use_.columns.end()) return use_.operation == 'i';
    const auto place = static_cast<size_t>(written - use_.columns.begin());
    return std::ranges::any_of(rows_, [&](const auto& row) { return row[place].isDefault; });
}

}  // namespace slipway::postgres
