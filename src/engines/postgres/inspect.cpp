#include "engines/postgres/inspect.h"

#include "base/text.h"
#include "engines/postgres/inspect_reading.h"

namespace slipway::postgres {

namespace {

/// What the text of expressions and definitions depends on (manual "Client Connection Defaults"), set until the end of
/// the transaction. And what the speed depends on: compiling these queries or sorting on disk would cost more than
/// running them, and the catalogs of a young database have no statistics, without which the planner takes loops for
/// cheap. pg_get_viewdef locks what a view reads: the timeout lies far below deadlock_timeout, so that this gives way
/// to a migration and not the migration to this.
constexpr const char* settings = R"(
    SET LOCAL search_path = '';
    SET LOCAL quote_all_identifiers = off;
    SET LOCAL DateStyle = 'ISO, MDY';
    SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL TimeZone = 'UTC';
    SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex';
    SET LOCAL lc_monetary = 'C';
    SET LOCAL lock_timeout = '200ms';
    SET LOCAL jit = off;
    SET LOCAL work_mem = '64MB';
    SET LOCAL enable_nestloop = off;)";

/// One view of the whole catalog. Inside an open transaction a savepoint takes the settings back.
class Snapshot {
  public:
    explicit Snapshot(Connection& connection)
        : connection_(connection), joined_(connection.transaction() == Transaction::open) {
        connection_.run(joined_ ? "SAVEPOINT slipway_inspect" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }
    ~Snapshot() {
        try {
            connection_.run(joined_ ? "ROLLBACK TO slipway_inspect; RELEASE slipway_inspect" : "ROLLBACK");
        } catch (const Error&) {
            // The connection is lost; whoever uses it next is told.
        }
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

  private:
    Connection& connection_;
    bool joined_;
};

Catalog read(Connection& connection, const InspectOptions& options) {
    Snapshot snapshot(connection);
    connection.run(settings);
    Reading reading(connection, options);
    reading.readSchemas();
    reading.readRelations();
    reading.readTypes();
    reading.readColumns();
    reading.readConstraints();
    reading.readIndexes();
    reading.readAttachments();
    reading.readParents();
    reading.readSequences();
    reading.readFunctions();
    reading.readExtensions();
    reading.readOthers();
    reading.readLoose();
    return reading.take();
}

/// What the functions that deparse throw when something was dropped or locked since the snapshot: internal_error
/// ("could not open relation with OID ..."), lock_not_available, deadlock_detected (manual, appendix A).
bool isPassing(const Error& error) {
    return error.code == movedMeanwhile().code || error.sqlstate == "XX000" || error.sqlstate == "55P03" ||
           error.sqlstate == "40P01";
}

}  // namespace

Catalog inspect(Connection& connection, const InspectOptions& options) {
    constexpr int attempts = 10;
    for (int attempt = 1;; ++attempt) {
        try {
            return read(connection, options);
        } catch (const Error& error) {
            if (!isPassing(error)) throw;
            if (attempt == attempts) throw movedMeanwhile().withState(error.sqlstate).withDetail(error.message);
        }
    }
}

Error movedMeanwhile() {
    return Error(
        "catalog-moved", Exit::outside,
        "The catalog could not be read in one piece: somebody keeps dropping or locking objects in this database.",
        "Run the command again when no other migration or clean-up job is at work there.");
}

Reading::Reading(Connection& connection, const InspectOptions& options)
    : connection_(connection), options_(options), version_(connection.serverVersion()) {}

Catalog Reading::take() {
    std::erase_if(catalog_.sequences, [](const Sequence& sequence) { return sequence.name.empty(); });
    catalog_.sort();
    return std::move(catalog_);
}

bool Reading::leftOut(const std::string& schema, const std::string& table) const {
    return std::ranges::find(options_.leaveOutTables, schema + '.' + table) != options_.leaveOutTables.end();
}

std::vector<std::string> Reading::columnNames(uint32_t relation, const std::vector<int>& numbers) const {
    std::vector<std::string> names(numbers.size());
    if (const auto known = columns_.find(relation); known != columns_.end())
        for (size_t i = 0; i < numbers.size(); ++i)
            if (const auto name = known->second.find(numbers[i]); name != known->second.end()) names[i] = name->second;
    return names;
}

std::string Row::definition() {
    Value text = value();
    if (!text) throw movedMeanwhile();
    return std::move(*text);
}

int64_t Row::number(int64_t whenNull) {
    const std::string digits = text();
    int64_t result = whenNull;
    std::from_chars(digits.data(), digits.data() + digits.size(), result);
    return result;
}

std::vector<std::string> Row::list() {
    const std::string items = text();
    return items.empty() ? std::vector<std::string>() : split(items, separator);
}

std::vector<int> Row::numbers() {
    const std::string digits = text();
    std::vector<int> result;
    for (const char *at = digits.data(), *end = at + digits.size(); at < end;) {
        int number = 0;
        const auto [after, failure] = std::from_chars(at, end, number);
        if (failure == std::errc()) result.push_back(number);
        at = std::max(after, at + 1);
    }
    return result;
}

std::vector<std::string> Row::grants() {
    const bool usual = !values_.at(next_).has_value();
    std::vector<std::string> granted = list(), defaults = list();
    if (usual) return {};
    std::ranges::sort(granted);
    std::ranges::sort(defaults);
    if (granted == defaults) return {};
    if (granted.empty()) return {"nobody"};
    return granted;
}

std::string notOfExtension(const char* catalog, const char* oid) {
    return fmt::format(
        "{} NOT IN (SELECT objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'"
        " AND classid = '{}'::regclass)",
        oid, catalog);
}

std::string withoutSecret(std::string option) {
    const size_t equals = option.find('=');
    const std::string name = lower(std::string_view(option).substr(0, equals));
    const auto named = [&](const char* part) { return name.contains(part); };
    if (equals != std::string::npos &&
        (named("pass") || named("secret") || named("token") || named("key") || named("credential")))
        return option.substr(0, equals + 1) + "(hidden)";
    return option;
}

void Reading::readSchemas() {
    Result result = connection_.query(R"(
        SELECT n.oid, n.nspname, pg_get_userbyid(n.nspowner), array_to_string(n.nspacl, E'\x1f'),
               array_to_string(acldefault('n', n.nspowner), E'\x1f'), d.description, )" +
                                      notOfExtension("pg_namespace", "n.oid") + R"(
          FROM pg_namespace n
          LEFT JOIN pg_description d ON d.objoid = n.oid AND d.classoid = 'pg_namespace'::regclass
         WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')");
    schemas_ = "{";
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t oid = row.oid();
        Schema schema{.name = row.text(), .owner = row.text(), .grants = row.grants(), .comment = row.text()};
        const bool own = row.flag();
        if (std::ranges::find(options_.leaveOutSchemas, schema.name) != options_.leaveOutSchemas.end()) continue;
        schemas_ += fmt::format("{}{}", schemas_.size() > 1 ? "," : "", oid);
        schemaNames_[oid] = schema.name;
        if (own) catalog_.schemas.push_back(std::move(schema));
    }
    schemas_ += "}";
}

void Reading::readExtensions() {
    Result result = connection_.query(R"(
        SELECT e.extname, e.extversion, n.nspname, d.description
          FROM pg_extension e
          JOIN pg_namespace n ON n.oid = e.extnamespace
          LEFT JOIN pg_description d ON d.objoid = e.oid AND d.classoid = 'pg_extension'::regclass)");
    for (auto& values : result.rows) {
        Row row(values);
        catalog_.extensions.push_back(
            {.name = row.text(), .version = row.text(), .schema = row.text(), .comment = row.text()});
    }
}

}  // namespace slipway::postgres
