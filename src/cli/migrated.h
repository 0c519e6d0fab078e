// What migrate, undo and deploy have done, told.
#pragma once

#include "cli/terminal.h"
#include "commands/migrate.h"

namespace slipway::cli {

/// "undone" says whether scripts were taken back.
void printMigrated(const commands::Migrated& migrated, bool undone, const commands::Run& run, Terminal& terminal);

}  // namespace slipway::cli
