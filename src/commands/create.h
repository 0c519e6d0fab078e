// slipway new: a migration's file with its header, and its undo script beside it.
#pragma once

#include "commands/project.h"

namespace slipway::commands {

struct Created {
    std::string up;    ///< files as shown to people
    std::string down;
};

/// `name` in words or snake_case: "add_payment_tables" makes V20260401120000__Add_payment_tables.sql and its undo
/// script. The author is taken from `author`, else from git's configuration, else from the user's name.
/// Throws "name-invalid" (usage).
Created create(const Common& common, const std::string& name, const std::string& author, const std::string& ticket);

}  // namespace slipway::commands
