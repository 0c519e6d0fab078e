// Syntax that is newer than the parser, in words that it knows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace slipway::postgres {

/// Names that stand in the older text for what it has no words for. They begin so that nobody has an object of that name.
namespace marker {
inline constexpr std::string_view isVirtual = "slipway_newer_virtual";          ///< function around a generated column's expression
inline constexpr std::string_view notEnforced = "slipway_newer_not_enforced";   ///< function around a check
inline constexpr std::string_view notNull = "slipway_newer_not_null";           ///< function around the column of a named NOT NULL
inline constexpr std::string_view setExpression = "slipway_newer_expression";   ///< type of a column that gets another expression
inline constexpr std::string_view enforced = "slipway_newer_enforced";          ///< option of a "column" that is a constraint
inline constexpr std::string_view unnamed = "slipway_newer_unnamed";            ///< name of statistics that the server names; begins that of a subquery
}  // namespace marker

/// A statement of PostgreSQL 16 to 18 as libpg_query 15 can read it, where each change is one that is known; nullopt when nothing
/// in it is newer syntax, or `serverMajor` does not have it. Sources: release notes of 16, 17 and 18, "Changes".
std::optional<std::string> inOlderSyntax(std::string_view text, int serverMajor);

}  // namespace slipway::postgres
