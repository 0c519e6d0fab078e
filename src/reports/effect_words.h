// What a statement does, in words.
#pragma once

#include <string>

#include "model/release_effects.h"

namespace slipway::reports {

/// Indexes and sequences are locked along with their tables.
bool isTable(const Effect& effect);

/// Whether `a` is what somebody has to know about before `b`.
bool stronger(const Effect* a, const Effect* b);

/// The strongest of a statement's effects on a table, or on anything where no table is touched, and how many such there
/// are; nullptr and 0 where nothing that was there before is touched.
struct Strongest {
    const Effect* effect = nullptr;
    size_t of = 0;
};
Strongest strongestOf(const StatementEffects& effects);

/// "rewrites the table; drops it": what an effect costs beside its lock; "" for nothing.
std::string costOf(const Effect& effect);

/// "rebuilds 2 indexes"; "" for none.
std::string rebuildsOf(const StatementEffects& effects);

/// "ACCESS EXCLUSIVE on public.orders: blocks reads and writes; rewrites the table; and 2 more"; "" when nothing that
/// was there before is touched.
std::string inWords(const StatementEffects& effects);

/// SQL on one line of at most `most` columns, without secrets.
std::string onOneLine(std::string_view sql, size_t most);

/// The statement as it stands in its file: what fills a placeholder may be a secret, and a report travels far.
std::string_view asWritten(const ScriptText& script, const Statement& statement);

}  // namespace slipway::reports
