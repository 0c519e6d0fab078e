#include "engines/postgres/predict/results.h"

#include <algorithm>
#include <set>

#include "engines/postgres/predict/ddl.h"

namespace slipway::postgres {

namespace {

/// One thing in FROM: its name there and its columns.
struct Source {
    std::string alias;
    std::vector<ResultColumn> columns;
};

class Results {
  public:
    Results(const World& world, const SessionState& session) : names_(world, session), world_(world) {}

    std::vector<ResultColumn> of(const Node& select) {
        if (const Node with = select.node("withClause"))
            for (const Node& each : with.list("ctes")) {
                const Node query = each.node("ctequery");
                ctes_.push_back({std::string(each.text("ctename")), query.is("SelectStmt") ? Results(*this).of(query) : std::vector<ResultColumn>()});
                rename(ctes_.back().columns, each.names("aliascolnames"));
            }
        if (const Node left = select.node("larg")) return Results(*this).of(left);
        sources_.clear();
        for (const Node& each : select.list("fromClause")) addSource(each);
        std::vector<ResultColumn> columns;
        for (const Node& target : select.list("targetList")) addTarget(target, columns);
        if (columns.empty() && select.has("valuesLists"))
            for (size_t i = 0; i < select.list("valuesLists").front().list("items").size(); ++i) columns.push_back({fmt::format("column{}", i + 1), {}});
        return columns;
    }

  private:
    static void rename(std::vector<ResultColumn>& columns, const std::vector<std::string_view>& aliases) {
        for (size_t i = 0; i < std::min(columns.size(), aliases.size()); ++i) columns[i].name = aliases[i];
    }

    void addSource(const Node& item) {
        if (item.is("JoinExpr")) {
            addSource(item.node("larg"));
            addSource(item.node("rarg"));
            return;
        }
        Source source;
        const Node alias = item.node("alias");
        if (item.is("RangeVar")) {
            const std::string_view name = item.text("relname");
            source.alias = name;
            const auto cte = std::ranges::find(ctes_, std::string(name), &Source::alias);
            if (item.text("schemaname").empty() && cte != ctes_.end()) {
                source.columns = cte->columns;
            } else if (const Id relation = names_.relation(item)) {
                for (const WorldColumn& column : world_.relation(relation).columns)
                    if (!column.dropped) source.columns.push_back({column.name, column.type});
            }
        } else if (item.is("RangeSubselect")) {
            source.columns = Results(*this).of(item.node("subquery"));
        }
        if (alias) {
            source.alias = alias.text("aliasname");
            rename(source.columns, alias.names("colnames"));
        }
        sources_.push_back(std::move(source));
    }

    void addTarget(const Node& target, std::vector<ResultColumn>& columns) {
        const Node value = target.node("val");
        if (value.is("ColumnRef")) {
            const auto fields = value.list("fields");
            if (fields.back().is("A_Star")) {
                const std::string_view of = fields.size() > 1 ? fields[fields.size() - 2].string() : "";
                for (const Source& source : sources_)
                    if (of.empty() || source.alias == of) columns.insert(columns.end(), source.columns.begin(), source.columns.end());
                return;
            }
        }
        const std::string_view alias = target.text("name");
        columns.push_back({alias.empty() ? figuredName(value) : std::string(alias), typeOf(value)});
    }

    TypeRef typeOf(const Node& value) {
        if (value.is("TypeCast")) return names_.type(value.node("typeName"));
        if (value.is("CollateClause")) return typeOf(value.node("arg"));
        if (value.is("BoolExpr") || value.is("NullTest") || value.is("BooleanTest")) return {.builtin = "bool"};
        if (value.is("A_Const") && value.has("sval")) return {.builtin = "text"};
        if (value.is("A_Const") && value.has("ival")) return {.builtin = "int4"};
        if (value.is("FuncCall") && value.names("funcname").back() == "count") return {.builtin = "int8"};
        if (!value.is("ColumnRef")) return {};
        const auto fields = value.list("fields");
        const std::string_view of = fields.size() > 1 ? fields[fields.size() - 2].string() : "";
        for (const Source& source : sources_)
            for (const ResultColumn& column : source.columns)
                if ((of.empty() || source.alias == of) && column.name == fields.back().string()) return column.type;
        return {};
    }

    Names names_;
    const World& world_;
    std::vector<Source> ctes_, sources_;
};

void collectSources(const World& world, const Uses& uses, std::set<Id>& tables, std::set<Id>& seen) {
    for (const ColumnId& used : uses.columns) {
        if (!seen.insert(used.relation).second || !world.exists(used.relation)) continue;
        const Relation& relation = world.relation(used.relation);
        if (relation.kind == RelationKind::view) {
            collectSources(world, relation.reads, tables, seen);
        } else {
            for (const Id each : world.withDescendants(used.relation)) tables.insert(each);
        }
    }
}

}  // namespace

std::vector<ResultColumn> resultColumns(const World& world, const SessionState& session, const Node& select) {
    return Results(world, session).of(select);
}

void lockNamed(Prediction& prediction, const QueryUse& use) {
    for (const UnknownName& unknown : use.unknown) {
        if (prediction.world.complete) throw unknownObject("relation", unknown.name, unknown.location);
        prediction.uncertain(fmt::format("nothing is known of {}", unknown.name));
    }
    for (const RelationUse& each : use.relations)
        prediction.lock(each.relation, each.operation == 's' ? LockMode::accessShare : each.operation == 'k' ? LockMode::rowShare : LockMode::rowExclusive);
}

void scanSources(Prediction& prediction, const Uses& uses) {
    std::set<Id> tables, seen;
    collectSources(prediction.world, uses, tables, seen);
    for (const Id table : tables)
        if (prediction.world.relation(table).hasStorage()) prediction.scan(table);
}

}  // namespace slipway::postgres
