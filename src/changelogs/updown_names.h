// File names of tools that write a script forward and a script back.
#pragma once

#include <optional>
#include <string>

#include "model/version.h"

namespace slipway::changelogs {

/// One script of a pair.
struct PairName {
    enum class Form {
        pair,    ///< 0001_x.up.sql, 0001_x.down.sql (golang-migrate, sqlx); 0001_x_up.sql is taken as well
        folder,  ///< 2017-08-31-230457_x/up.sql (diesel, sqlx)
        single   ///< 0001_x.sql: there is no way back (sqlx)
    };
    Form form = Form::pair;
    bool up = true;
    Version version;
    std::string description;  ///< underscores have become spaces
    std::string stem;         ///< what the declarations' file is called after
};

/// Reads a name relative to its location; nullopt when it is none of these. Diesel's versions may hold dashes, which
/// do not count: its tool orders them so.
std::optional<PairName> parsePairName(const std::string& name);

}  // namespace slipway::changelogs
