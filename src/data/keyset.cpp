#include "data/keyset.h"

#include "base/text.h"

namespace slipway::data {

namespace {

// The unique indexes that a walk can rely on: no row is left out (no predicate), none has a null in its key, and the
// index is complete. Included columns come after the first indnkeyatts (manual, 53.26 pg_index). The names are parted
// by a character that no name has.
constexpr const char* usableKeys = R"sql(
    SELECT string_agg(attname, E'\x1f' ORDER BY place)
    FROM pg_index
    CROSS JOIN unnest(indkey::int2[]) WITH ORDINALITY AS part (number, place)
    JOIN pg_attribute ON attrelid = indrelid AND attnum = part.number
    WHERE indrelid = $1::oid AND indisunique AND indisvalid AND indpred IS NULL AND indexprs IS NULL
      AND place <= indnkeyatts
    GROUP BY indexrelid, indisprimary
    HAVING bool_and(attnotnull)
    ORDER BY indisprimary DESC, indexrelid)sql";

constexpr const char* columnType = R"sql(
    SELECT format_type(atttypid, atttypmod), typcategory = 'D'
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
    WHERE attrelid = $1::oid AND attname = $2 AND attnum > 0 AND NOT attisdropped)sql";

// reltuples is -1 until the first VACUUM or ANALYZE, 0 before version 14 (manual, 53.11 pg_class).
constexpr const char* size = R"sql(
    WITH RECURSIVE part (oid) AS (
        SELECT $1::oid UNION ALL SELECT inhrelid FROM pg_inherits JOIN part ON inhparent = part.oid)
    SELECT sum(greatest(reltuples, 0))::bigint, sum(pg_relation_size(part.oid))::bigint,
           bool_or(reltuples <= 0 AND pg_relation_size(part.oid) > 0)
    FROM part JOIN pg_class USING (oid))sql";

constexpr int64_t fewRows = 100'000;
constexpr int64_t fewBytes = 64 << 20;

std::string inBrackets(const postgres::Connection& connection, const std::vector<std::string>& names) {
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back(connection.identifier(name));
    return "(" + join(quoted, ", ") + ")";
}

}  // namespace

Keyset::Keyset(postgres::Connection& connection, const Backfill& declared, const std::string& file) {
    const postgres::Result found = connection.query(
        "SELECT pg_class.oid, nspname, relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE pg_class.oid = to_regclass($1) AND relkind IN ('r', 'p')",
        {declared.table});
    if (found.empty())
        throw Error("backfill-table", Exit::usage,
                    fmt::format("[backfill] names the table {}, which the database does not have", declared.table),
                    "write the name as in SQL, with the schema where the search path does not lead to it")
            .at(file, declared.line);
    oid_ = found.text(0, 0);
    table_ = postgres::qualified(found.text(0, 1), found.text(0, 2));

    std::vector<std::string> usable;
    bool fits = false;
    for (const auto& row : connection.query(usableKeys, {oid_}).rows) {
        const std::vector<std::string> names = split(row[0].value_or(""), '\x1f');
        fits = fits || names == declared.key;
        usable.push_back(inBrackets(connection, names));
    }
    if (!fits)
        throw Error(
            "backfill-key", Exit::usage,
            fmt::format("[backfill] cannot walk {} along {}: these are not the columns of a unique index without "
                        "nulls, so rows could be left out",
                        table_, inBrackets(connection, declared.key)),
            usable.empty()
                ? "give the table a unique index over NOT NULL columns and name these, in its order, as the key"
                : "name the columns of one of its keys, in their order: " + join(usable, " or "))
            .at(file, declared.line);

    for (const std::string& name : declared.key) {
        const postgres::Result type = connection.query(columnType, {oid_, name});
        key_.push_back({connection.identifier(name), type.text(0, 0), type.text(0, 1) == "t"});
        columns_ += (columns_.empty() ? "" : ", ") + key_.back().name;
    }
}

std::string Keyset::descending() const {
    std::string columns;
    for (const Column& column : key_) columns += (columns.empty() ? "" : ", ") + column.name + " DESC";
    return columns;
}

std::string Keyset::place() const {
    std::string texts;
    for (const Column& column : key_) {
        texts += texts.empty() ? "" : ", ";
        // JSON has dates in ISO 8601 whatever the session says; all other types have one text that reads back.
        texts += column.dated ? "to_jsonb(" + column.name + ") #>> '{}'" : column.name + "::text";
    }
    return "json_build_array(" + texts + ")::text";
}

std::string Keyset::shown(const Place& place) const {
    // [...] holds the values; one alone needs no quotes around it.
    return key_.size() == 1 ? place.substr(2, place.size() - 4) : "(" + place.substr(1, place.size() - 2) + ")";
}

std::string Keyset::shown() const {
    return key_.size() == 1 ? columns_ : "(" + columns_ + ")";
}

std::string Keyset::lies(const char* comparison, int parameter) const {
    std::string values;
    for (size_t i = 0; i < key_.size(); i++)
        values += fmt::format("{}(${}::json ->> {})::{}", i ? ", " : "", parameter, i, key_[i].type);
    return fmt::format("({}) {} ({})", columns_, comparison, values);
}

int64_t Keyset::estimateRows(postgres::Connection& connection) const {
    const postgres::Result known = connection.query(size, {oid_});
    const int64_t rows = std::stoll(known.text(0, 0));
    const bool unknown = known.text(0, 2) == "t";
    if (std::stoll(known.text(0, 1)) <= fewBytes && (unknown || rows <= fewRows))
        return std::stoll(connection.value("SELECT count(*) FROM " + table_).value_or("0"));
    return unknown ? 0 : rows;
}

}  // namespace slipway::data
