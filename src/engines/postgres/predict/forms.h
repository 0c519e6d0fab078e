// The forms of DDL: what each locks on its target, rewrites and reads, and who says so.
#pragma once

#include <span>
#include <string_view>

#include "model/effect.h"

namespace slipway::postgres {

/// One row of the table. `rewrites` and `scans` are for people: "no", "yes", or the condition, which the code behind the form decides.
struct Form {
    std::string_view key;         ///< the parse tree's name for it: "AT_AddColumn", "IndexStmt"
    std::string_view production;  ///< the synopsis of the manual: "ALTER TABLE ... ADD COLUMN"
    std::string_view target;      ///< what `lock` is taken on
    LockMode lock;
    std::string_view also;        ///< what else is locked, and how
    std::string_view rewrites;
    std::string_view scans;
    int since;                    ///< the first version that has it; 0: all that are supported
    std::string_view source;      ///< where it is written: a function of the server's source, or a page of the manual
};

/// All of them, sorted by key.
std::span<const Form> forms();
/// The form of that key. There must be one.
const Form& formOf(std::string_view key);
/// nullptr when there is none.
const Form* findForm(std::string_view key);

}  // namespace slipway::postgres
