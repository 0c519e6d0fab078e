// The kinds of statement: PostgreSQL's command tags in snake_case ("CREATE INDEX" is "create_index").
#pragma once

#include <string_view>

namespace slipway::postgres {

/// The kind of that name as a string of static lifetime, or nullptr when there is none.
const char* kindNamed(std::string_view name);

/// What a node of the parse tree says about its statement's kind.
struct NodeKind {
    std::string_view node;         ///< "DropStmt"
    const char* kind;              ///< "create_table"; with `object` only the first word: "drop"
    std::string_view object = {};  ///< the field that tells the type of object: "removeType"
};

/// nullptr for a node that is no statement, or one newer than this table.
const NodeKind* kindOfNode(std::string_view node);

/// "OBJECT_MATVIEW" is "materialized_view"; "" when it is unknown.
std::string_view objectWords(std::string_view objectType);

}  // namespace slipway::postgres
