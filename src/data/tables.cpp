#include "data/tables.h"

namespace slipway::data {

std::vector<std::string> userTables(postgres::Connection& connection, const HistoryTable& history) {
    std::vector<std::string> tables;
    const postgres::Result found = connection.query(R"sql(
        SELECT nspname, relname
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind = 'r' AND relpersistence <> 't'
          AND nspname <> 'information_schema' AND nspname <> 'slipway' AND nspname NOT LIKE 'pg\_%'
          AND NOT (relname = $2 AND ($1 = '' OR nspname = $1))
          AND has_schema_privilege(pg_namespace.oid, 'USAGE') AND has_table_privilege(pg_class.oid, 'SELECT')
        ORDER BY nspname COLLATE "C", relname COLLATE "C")sql",
                                                    {history.schema, history.table});
    for (const auto& row : found.rows) tables.push_back(postgres::qualified(*row[0], *row[1]));
    return tables;
}

}  // namespace slipway::data
