// Edits of one statement's text, by its tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace slipway::postgres {

/// CREATE INDEX, DROP INDEX, REINDEX, REFRESH MATERIALIZED VIEW and DETACH PARTITION with CONCURRENTLY where the
/// grammar has it; nullopt for any other statement, and for one that has it already.
std::optional<std::string> withConcurrently(std::string_view statement);

/// ALTER TABLE ... ADD CONSTRAINT, or ADD CHECK and the like, with NOT VALID at its end.
std::string withNotValid(std::string_view statement);

}  // namespace slipway::postgres
