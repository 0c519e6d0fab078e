#include "data/digest.h"

#include "base/text.h"
#include "data/tables.h"

namespace slipway::data {

namespace {

constexpr int hashFunctionsSince = 140000;  // release notes of 14: hash_record_extended and bit_xor

// The columns of each table by name, as they go into the hash: as they are where two values are equal only when they
// are the same, else as text under a collation that is exact.
constexpr const char* hashedColumns = R"sql(
    SELECT name, string_agg(
        CASE WHEN (typtype = 'e' OR atttypid = ANY (
                      '{bool,int2,int4,int8,oid,uuid,bytea,date,time,timestamp,timestamptz,
                        text,varchar,name,inet,cidr}'::regtype[]))
                  AND coalesce((SELECT collisdeterministic FROM pg_collation WHERE oid = attcollation), true)
             THEN quote_ident(attname) ELSE quote_ident(attname) || '::text COLLATE "C"' END, ', ' ORDER BY attname)
    FROM unnest($1::text[]) AS name
    LEFT JOIN pg_attribute ON attrelid = name::regclass AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_type ON pg_type.oid = atttypid
    GROUP BY name)sql";

/// An array literal (manual, 8.15.2).
std::string arrayOf(const std::vector<std::string>& names) {
    std::string array;
    for (const std::string& name : names)
        array += (array.empty() ? "\"" : ",\"") + replaceAll(replaceAll(name, "\\", "\\\\"), "\"", "\\\"") + '"';
    return "{" + array + "}";
}

}  // namespace

RowsDigest rowsDigest(postgres::Connection& connection, const std::vector<std::string>& tables) {
    RowsDigest digest;
    // What turns a value into text is held fast: two sessions must agree.
    connection.run(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, "
        "YMD'; "
        "SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'");
    std::map<std::string, std::string> columns;
    for (const auto& row : connection.query(hashedColumns, {arrayOf(tables)}).rows)
        columns[*row[0]] = row[1].value_or("");
    const bool hashFunctions = connection.serverVersion() >= hashFunctionsSince;
    const auto hash = [&](const std::string& table) {
        return hashFunctions ? "hash_record_extended(ROW(" + columns[table] + "), 0)"
                             : "hashtextextended(ROW(" + columns[table] + ")::text, 0)";
    };
    // An exclusive or alone would not see two equal rows come or go: hence the sum beside it.
    const char* folded = hashFunctions ? "concat_ws(' ', bit_xor(hash), sum(hash::numeric))" : "sum(hash::numeric)";
    overTables(
        connection, tables,
        [&](const std::string& table) {
            return fmt::format("SELECT {}, count(*), {} FROM (SELECT {} AS hash FROM ONLY {}) AS hashed",
                               connection.literal(table), folded, hash(table), table);
        },
        [&](const std::vector<postgres::Value>& row) {
            digest[*row[0]] = {std::stoll(*row[1]), row[2].value_or("")};
        });
    connection.run("COMMIT");
    return digest;
}

std::vector<Finding> compare(const RowsDigest& before, const RowsDigest& after) {
    std::vector<Finding> findings;
    for (const auto& [table, was] : before) {
        const auto found = after.find(table);
        if (found != after.end() && found->second == was) continue;
        const std::string now = found == after.end()             ? "the table is gone"
                                : found->second.rows == was.rows ? "now as many, with other values"
                                                                 : "now " + count(found->second.rows, "row");
        findings.push_back(
            {"rows-differ", Severity::error, "", 0, 0,
             fmt::format("the rows of {} are not what they were: {} before, {}", table, count(was.rows, "row"), now),
             "let the way back restore them, from rows that the migration saves before it changes them"});
    }
    return findings;
}

}  // namespace slipway::data
