// What the parts of inspect share: the catalog that grows, and a cursor over the values of a row.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engines/postgres/inspect.h"

namespace slipway::postgres {

/// Separates the items of an array in the answers of the server: what no name or option contains.
inline constexpr char separator = '\x1f';

/// Reads the values of one row from left to right, in the order of the SELECT list. Texts are moved out.
class Row {
  public:
    explicit Row(std::vector<Value>& values) : values_(values) {}

    Value value() { return std::move(values_.at(next_++)); }
    std::string text() { return value().value_or(""); }
    /// What the server deparses, which sees the present and not the snapshot: NULL when the object is gone meanwhile.
    /// Throws movedMeanwhile().
    std::string definition();
    bool flag() { return text() == "t"; }
    char letter() { return text().append(1, '\0')[0]; }
    int64_t number(int64_t whenNull = 0);
    uint32_t oid() { return static_cast<uint32_t>(number()); }
    std::vector<std::string> list();
    /// "{1,2}" or "1 2".
    std::vector<int> numbers();
    /// Two values: an access list and the default one for its kind, each joined by the separator. Empty when they are
    /// the same: PostgreSQL writes the defaults out as soon as anything was ever granted.
    std::vector<std::string> grants();

  private:
    std::vector<Value>& values_;
    size_t next_ = 0;
};

/// Error "catalog-moved" (outside): objects were dropped or locked while the catalog was read.
Error movedMeanwhile();

/// One run of inspect. The parts are read in the order of the declarations: later ones look earlier ones up by OID.
class Reading {
  public:
    Reading(Connection& connection, const InspectOptions& options);

    void readSchemas();
    void readRelations();  ///< tables, views, sequences: without their parts
    void readTypes();
    void readColumns();
    void readConstraints();
    void readIndexes();
    void readAttachments();  ///< triggers, rules, policies
    void readParents();      ///< inheritance and partitions, of tables and indexes
    void readSequences();
    void readFunctions();
    void readExtensions();
    void readOthers();  ///< what pg_identify_object() can name
    void readLoose();   ///< what it cannot, or not for a plain role

    Catalog take();

  private:
    /// Runs a query whose $1 are the OIDs of the schemas to read.
    Result ask(const std::string& sql) { return connection_.query(sql, {schemas_}); }
    std::vector<std::string> columnNames(uint32_t relation, const std::vector<int>& numbers) const;
    bool leftOut(const std::string& schema, const std::string& table) const;

    Connection& connection_;
    const InspectOptions& options_;
    const int version_;
    Catalog catalog_;

    std::string schemas_;  ///< "{2200,16384}"
    std::unordered_map<uint32_t, std::string> schemaNames_;
    std::unordered_map<uint32_t, Table*> tables_;
    std::unordered_map<uint32_t, Sequence*> sequences_;
    std::unordered_map<uint32_t, Type*> types_;
    std::unordered_map<uint32_t, Type*> composites_;  ///< by the OID of their row in pg_class
    std::unordered_map<uint32_t, std::unordered_map<int, std::string>> columns_;  ///< names by number
    std::unordered_map<uint32_t, std::string> constraintOfIndex_;
    std::unordered_map<uint32_t, std::pair<Table*, size_t>> indexes_;
    std::unordered_set<uint32_t> leftOut_;  ///< tables
};

/// The query's condition that the object is no member of an extension: `oid` is the column, `catalog` its table.
std::string notOfExtension(const char* catalog, const char* oid);

/// Replaces the value of "name=value" when the name looks like that of a secret.
std::string withoutSecret(std::string option);

}  // namespace slipway::postgres
