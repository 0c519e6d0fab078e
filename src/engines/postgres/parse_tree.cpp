#include "engines/postgres/parse_tree.h"

#include <pg_query.h>
#include <simdjson.h>

#include "base/text.h"
#include "engines/postgres/parse_facts.h"
#include "engines/postgres/parse_kinds.h"
#include "engines/postgres/parse_words.h"

namespace slipway::postgres {

namespace {

namespace json = simdjson::ondemand;
using Details = NonTransactional;

/// libpg_query leaves out fields that hold their default: what is absent is "", false or empty.
std::string_view text(json::object& node, std::string_view field) {
    std::string_view value;
    return node[field].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

bool flag(json::object& node, std::string_view field) {
    std::string_view value;  // by its text: what reads a bool wants a table out of simdjson's library
    return node[field].raw_json_token().get(value) == simdjson::SUCCESS && value.starts_with("true");
}

bool has(json::object& node, std::string_view field) { return node[field].error() == simdjson::SUCCESS; }

/// Calls `visit` with the node `type` of each element of a list: [{"DefElem": {...}}, ...].
template <class Visit>
void each(json::object& node, std::string_view field, std::string_view type, Visit visit) {
    json::array list;
    if (node[field].get(list) != simdjson::SUCCESS) return;
    for (auto element : list) {
        json::object inner;
        if (element[type].get(inner) == simdjson::SUCCESS) visit(inner);
    }
}

void relation(json::object& node, std::string_view field, std::string& schema, std::string& name) {
    json::object range;
    if (node[field].get(range) != simdjson::SUCCESS) return;
    schema = text(range, "schemaname");
    name = text(range, "relname");
}

/// The value of an option as defGetBoolean() in src/backend/commands/define.c takes it: no value is true.
std::optional<bool> option(json::object& node, std::string_view list, std::string_view name) {
    std::optional<bool> found;
    each(node, list, "DefElem", [&](json::object& element) {
        if (text(element, "defname") != name) return;
        std::string_view value;
        if (simdjson::to_json_string(element["arg"]).get(value) != simdjson::SUCCESS) {
            found = true;
            return;
        }
        // {"String":{"sval":"off"}}, {"TypeName":{"names":[{"String":{"sval":"off"}}] ...}}, {"Integer":{}} for 0.
        constexpr std::string_view word = R"("sval":")";
        const size_t begin = value.find(word);
        if (begin == std::string_view::npos) {
            found = value.find(R"("ival":)") != std::string_view::npos;
            return;
        }
        value.remove_prefix(begin + word.size());
        value = value.substr(0, value.find('"'));
        found = !equalsIgnoringCase(value, "false") && !equalsIgnoringCase(value, "off");
    });
    return found;
}

// One function a node: `node` are its fields. Each names the manual page that says what it implements. Some commands
// are refused in transactions only for some objects (CLUSTER and REINDEX of a partitioned table): the server tells.

/// CREATE INDEX, "Building Indexes Concurrently". An index lies in its table's schema.
void createIndex(json::object& node, Statement& statement) {
    if (!flag(node, "concurrent")) return;
    Details details{.kind = Details::Kind::createIndex};
    details.name = text(node, "idxname");
    relation(node, "relation", details.tableSchema, details.table);
    details.schema = details.tableSchema;
    details.unique = flag(node, "unique");
    details.ifExists = flag(node, "if_not_exists");
    runAlone(statement, std::move(details));
}

/// DROP INDEX, CONCURRENTLY: only one index may be named.
void drop(json::object& node, Statement& statement) {
    if (!flag(node, "concurrent")) return;
    Details details{.kind = Details::Kind::dropIndex};
    details.ifExists = flag(node, "missing_ok");
    each(node, "objects", "List", [&](json::object& names) {
        if (!details.name.empty()) return;
        each(names, "items", "String", [&](json::object& part) {
            details.schema = std::exchange(details.name, std::string(text(part, "sval")));
        });
    });
    runAlone(statement, std::move(details));
}

/// REINDEX: CONCURRENTLY, and SCHEMA, DATABASE and SYSTEM in any case; these can be repeated.
void reindex(json::object& node, Statement& statement) {
    const bool concurrently = option(node, "params", "concurrently").value_or(false);
    Details details{.kind = concurrently ? Details::Kind::reindex : Details::Kind::repeatable};
    constexpr std::string_view prefix = "REINDEX_OBJECT_";
    const std::string_view kind = text(node, "kind");
    details.scope = lower(kind.substr(std::min(kind.size(), prefix.size())));
    const bool one = details.scope == "index" || details.scope == "table";
    if (one && !concurrently) return;
    if (one)
        relation(node, "relation", details.schema, details.name);
    else
        details.name = text(node, "name");
    runAlone(statement, std::move(details));
}

/// ALTER TABLE, DETACH PARTITION: CONCURRENTLY is refused in a transaction. FINALIZE is not, but it waits for every
/// older transaction, which must not happen while locks of the script's other statements are held.
void alterTable(json::object& node, Statement& statement) {
    std::optional<Details> details;
    each(node, "cmds", "AlterTableCmd", [&](json::object& command) {
        const std::string_view subtype = text(command, "subtype");
        const bool finalize = subtype == "AT_DetachPartitionFinalize";
        json::object partition;
        if (!finalize && subtype != "AT_DetachPartition") return;
        if (command["def"]["PartitionCmd"].get(partition) != simdjson::SUCCESS) return;
        if (!finalize && !flag(partition, "concurrent")) return;
        details = Details{.kind = Details::Kind::detachPartition};
        relation(partition, "name", details->schema, details->name);
    });
    if (!details) return;
    relation(node, "relation", details->tableSchema, details->table);
    details->ifExists = flag(node, "missing_ok");
    runAlone(statement, std::move(*details));
}

void named(json::object& node, Statement& statement, Details::Kind kind, std::string_view field) {
    Details details{.kind = kind};
    details.name = text(node, field);
    details.ifExists = flag(node, "missing_ok");
    runAlone(statement, std::move(details));
}

/// CREATE DATABASE, DROP DATABASE, CREATE TABLESPACE, DROP TABLESPACE.
void createDatabase(json::object& node, Statement& s) { named(node, s, Details::Kind::createDatabase, "dbname"); }
void dropDatabase(json::object& node, Statement& s) { named(node, s, Details::Kind::dropDatabase, "dbname"); }
void createTablespace(json::object& node, Statement& s) {
    named(node, s, Details::Kind::createTablespace, "tablespacename");
}
void dropTablespace(json::object& node, Statement& s) {
    named(node, s, Details::Kind::dropTablespace, "tablespacename");
}

/// ALTER DATABASE, SET TABLESPACE. It moves the files, and where they lie already it has nothing to do.
void alterDatabase(json::object& node, Statement& statement) {
    if (option(node, "options", "tablespace")) named(node, statement, Details::Kind::repeatable, "dbname");
}

/// CREATE SUBSCRIPTION: not in a transaction when it makes a replication slot, which connect = false leaves undone.
void createSubscription(json::object& node, Statement& statement) {
    const bool connect = option(node, "options", "connect").value_or(true);
    if (option(node, "options", "create_slot").value_or(connect))
        named(node, statement, Details::Kind::createSubscription, "subname");
}

/// DROP SUBSCRIPTION: not in a transaction when it has a slot, which only the catalog knows.
void dropSubscription(json::object& node, Statement& statement) {
    named(node, statement, Details::Kind::dropSubscription, "subname");
}

/// ALTER SUBSCRIPTION: not in a transaction with REFRESH PUBLICATION, with a change of publications unless refresh is
/// off, and with SET (failover) since 17, SET (two_phase) since 18.
void alterSubscription(json::object& node, Statement& statement) {
    const std::string_view kind = text(node, "kind");
    bool alone = kind == "ALTER_SUBSCRIPTION_REFRESH";
    if (kind.ends_with("_PUBLICATION")) alone = option(node, "options", "refresh").value_or(true);
    if (kind == "ALTER_SUBSCRIPTION_OPTIONS")
        alone = option(node, "options", "failover") || option(node, "options", "two_phase");
    if (alone) named(node, statement, Details::Kind::unknown, "subname");
}

/// ALTER SYSTEM writes a file, of which the catalog tells nothing.
void alterSystem(json::object&, Statement& statement) { runAlone(statement, {}); }

/// VACUUM; ANALYZE is the same node.
void vacuum(json::object& node, Statement& statement) {
    if (flag(node, "is_vacuumcmd"))
        runAlone(statement, {.kind = Details::Kind::repeatable});
    else
        statement.kind = kindNamed("analyze");
}

/// CLUSTER: without a table it clusters each in a transaction of its own.
void cluster(json::object& node, Statement& statement) {
    if (!has(node, "relation")) runAlone(statement, {.kind = Details::Kind::repeatable});
}

/// DISCARD.
void discard(json::object& node, Statement& statement) {
    statement.session = true;
    if (text(node, "target") == "DISCARD_ALL") forbid(statement, Forbidden::discardAll);
}

/// DO and CALL, "Notes": a body may commit when it was not called inside a transaction block.
void mayCommit(json::object&, Statement& statement) { statement.runs = Runs::mayCommit; }

/// SET, RESET. SET TRANSACTION is about the transaction alone, SET SESSION CHARACTERISTICS about the session.
void variableSet(json::object& node, Statement& statement) {
    if (text(node, "kind").starts_with("VAR_RESET")) statement.kind = kindNamed("reset");
    statement.session = !text(node, "name").starts_with("TRANSACTION") && !flag(node, "is_local");
}

struct TransactionKind {
    std::string_view name;
    const char* kind;
    Runs runs;
};
constexpr TransactionKind transactionKinds[] = {
    {"TRANS_STMT_BEGIN", "begin", Runs::begin},
    {"TRANS_STMT_START", "start_transaction", Runs::begin},
    {"TRANS_STMT_COMMIT", "commit", Runs::commit},
    {"TRANS_STMT_ROLLBACK", "rollback", Runs::rollback},
    {"TRANS_STMT_SAVEPOINT", "savepoint", Runs::savepoint},
    {"TRANS_STMT_RELEASE", "release", Runs::savepoint},
    {"TRANS_STMT_ROLLBACK_TO", "rollback", Runs::savepoint},
    {"TRANS_STMT_PREPARE", "prepare_transaction", Runs::forbidden},
    {"TRANS_STMT_COMMIT_PREPARED", "commit_prepared", Runs::forbidden},
    {"TRANS_STMT_ROLLBACK_PREPARED", "rollback_prepared", Runs::forbidden},
};

/// BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION and their like. The options of BEGIN are set by the caller,
/// who has the text.
void transaction(json::object& node, Statement& statement) {
    const std::string_view name = text(node, "kind");
    const auto found = std::ranges::find(transactionKinds, name, &TransactionKind::name);
    if (found == std::end(transactionKinds)) return;
    statement.kind = found->kind;
    statement.runs = found->runs;
    if (found->runs == Runs::forbidden) forbid(statement, Forbidden::prepareTransaction);
    if (flag(node, "chain")) forbid(statement, Forbidden::chain);
}

void grant(json::object& node, Statement& statement) {
    if (!flag(node, "is_grant")) statement.kind = kindNamed("revoke");
}
void grantRole(json::object& node, Statement& statement) {
    if (!flag(node, "is_grant")) statement.kind = kindNamed("revoke_role");
}
void createFunction(json::object& node, Statement& statement) {
    if (flag(node, "is_procedure")) statement.kind = kindNamed("create_procedure");
}
void createTableAs(json::object& node, Statement& statement) {
    if (text(node, "objtype") == "OBJECT_MATVIEW") statement.kind = kindNamed("create_materialized_view");
}
void fetch(json::object& node, Statement& statement) {
    if (flag(node, "ismove")) statement.kind = kindNamed("move");
}
void rename(json::object& node, Statement& statement) {
    if (text(node, "renameType") != "OBJECT_COLUMN") return;
    const std::string_view words = objectWords(text(node, "relationType"));
    if (const char* kind = kindNamed(fmt::format("alter_{}", words))) statement.kind = kind;
}

struct Reader {
    std::string_view node;
    void (*read)(json::object& node, Statement& statement);
};

/// The nodes about which more is to be said than their kind, sorted.
constexpr Reader readers[] = {
    {"AlterDatabaseStmt", alterDatabase},
    {"AlterSubscriptionStmt", alterSubscription},
    {"AlterSystemStmt", alterSystem},
    {"AlterTableStmt", alterTable},
    {"CallStmt", mayCommit},
    {"ClusterStmt", cluster},
    {"CreateFunctionStmt", createFunction},
    {"CreateSubscriptionStmt", createSubscription},
    {"CreateTableAsStmt", createTableAs},
    {"CreateTableSpaceStmt", createTablespace},
    {"CreatedbStmt", createDatabase},
    {"DiscardStmt", discard},
    {"DoStmt", mayCommit},
    {"DropStmt", drop},
    {"DropSubscriptionStmt", dropSubscription},
    {"DropTableSpaceStmt", dropTablespace},
    {"DropdbStmt", dropDatabase},
    {"FetchStmt", fetch},
    {"GrantRoleStmt", grantRole},
    {"GrantStmt", grant},
    {"IndexStmt", createIndex},
    {"ReindexStmt", reindex},
    {"RenameStmt", rename},
    {"TransactionStmt", transaction},
    {"VacuumStmt", vacuum},
    {"VariableSetStmt", variableSet},
};
static_assert(std::ranges::is_sorted(readers, {}, &Reader::node));

const char* kindOf(const NodeKind& node, json::object& fields) {
    if (node.object.empty()) return node.kind;
    const char* kind = kindNamed(fmt::format("{}_{}", node.kind, objectWords(text(fields, node.object))));
    return kind ? kind : "opaque";
}

/// Whether a query calls set_config() for longer than its transaction, anywhere in it. The tree may be too deep to be
/// walked, so its text is searched: {"FuncCall":{"funcname":[... "set_config"}}],"args":[...],"funcformat": ...
bool setsConfig(std::string_view tree) {
    constexpr std::string_view call = R"({"String":{"sval":"set_config"}}],"args":[)";
    for (size_t at = tree.find(call); at != std::string_view::npos; at = tree.find(call, at)) {
        at += call.size();
        const std::string_view arguments = tree.substr(at, tree.find(R"("funcformat":)", at) - at);
        if (arguments.find(R"("boolval":{"boolval":true})") == std::string_view::npos) return true;
    }
    return false;
}

const Reader* readerOf(std::string_view node) {
    const auto reader = std::ranges::lower_bound(readers, node, {}, &Reader::node);
    return reader != std::end(readers) && reader->node == node ? &*reader : nullptr;
}

/// The name of the first statement's node, without reading the tree: {"version":150001,"stmts":[{"stmt":{"SelectStmt": ...
std::string_view firstNode(std::string_view tree) {
    constexpr std::string_view before = R"("stmts":[{"stmt":{")";
    const size_t begin = tree.find(before);
    if (begin == std::string_view::npos) return "";
    tree.remove_prefix(begin + before.size());
    return tree.substr(0, tree.find('"'));
}

}  // namespace

struct TreeReader::State {
    json::parser parser;
    std::string sql;     // with the NUL at its end that libpg_query wants
    std::string padded;  // the tree, with the bytes behind it that simdjson may read
};

TreeReader::TreeReader() : state_(std::make_unique<State>()) {}
TreeReader::~TreeReader() = default;
std::string& TreeReader::tree() { return state_->padded; }

std::string TreeReader::read(std::string_view sql, Statement& statement) {
    state_->sql = sql;
    const PgQueryParseResult parsed = pg_query_parse(state_->sql.c_str());
    const std::unique_ptr<const PgQueryParseResult, void (*)(const PgQueryParseResult*)> freed(
        &parsed, [](const PgQueryParseResult* result) { pg_query_free_parse_result(*result); });
    state_->padded.clear();
    if (parsed.error) return parsed.error->message;

    const std::string_view tree(parsed.parse_tree);
    state_->padded.reserve(tree.size() + simdjson::SIMDJSON_PADDING);
    state_->padded = tree;
    // Of most statements the name says all, and reading the tree costs more than that.
    const std::string_view name = firstNode(tree);
    if (const NodeKind* kind = kindOfNode(name); kind && kind->object.empty() && !readerOf(name)) {
        statement.kind = kind->kind;
        if (name == "SelectStmt") statement.session = setsConfig(tree);
        return "";
    }
    json::document document;
    json::array statements;
    if (state_->parser.iterate(state_->padded).get(document) || document["stmts"].get(statements)) return "";
    for (auto raw : statements) {
        json::object wrapper;
        if (raw["stmt"].get(wrapper)) return "";
        for (auto field : wrapper) {
            std::string_view node;
            json::object fields;
            if (field.unescaped_key().get(node) || field.value().get(fields)) return "";
            const NodeKind* kind = kindOfNode(node);
            if (!kind) return "";
            statement.kind = kindOf(*kind, fields);
            if (const Reader* reader = readerOf(node)) reader->read(fields, statement);
            if (statement.runs == Runs::begin) beginTransaction(statement, transactionOptions(sql));
            return "";
        }
    }
    return "";
}

}  // namespace slipway::postgres
