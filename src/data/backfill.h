// A declared UPDATE of a whole table, done in batches along a key (R99 to R103).
#pragma once

#include <functional>
#include <string>

#include "engines/engine.h"
#include "model/event.h"
#include "model/migration.h"
#include "model/plan.h"

namespace slipway::data {

/// One run of a backfill.
struct BackfillRun {
    const Backfill& declared;
    std::string label;       ///< for people: "V7 Add full name"
    std::string file;        ///< the declarations' file
    Timeouts timeouts;       ///< lock and statement, for each statement of a batch
    std::string resumeFrom;  ///< what the last checkpoint was told; empty: from the beginning
};

struct BackfillResult {
    int64_t rows = 0;     ///< updated, by earlier runs too
    int64_t batches = 0;  ///< of this run
    int passes = 0;       ///< over the table, or the part of it where rows were left
    Milliseconds took{0};
    Milliseconds slowest{0};  ///< of the batches
};

/// Called inside each batch's transaction, so that progress and rows are committed together: `progress` is what
/// resumeFrom takes (a JSON document), `rows` how many were updated so far.
using Checkpoint = std::function<void(const std::string& progress, int64_t rows)>;

/// Walks the table in the key's order, `declared.batch` rows at a time, each batch in a transaction of its own with a
/// pause after it. A batch is a range of the key that holds that many rows, whether they match `where` or not: gaps in
/// the key cost nothing, and finding the range reads the key's index alone. The walk ends at the key that was last when
/// it began. Rows that match `where` at the end, written meanwhile or behind the walker's back, are walked over again,
/// in three passes at most.
///
/// After each batch `sink` hears Event::Kind::backfillProgress: `rows` updated by this batch, which the text describes
/// with its duration; `done` of `total` rows walked over; `took` since the run began.
///
/// A batch that fails is never tried again (R103): Error "backfill-failed" (no) names its number and its keys, and
/// what was committed stays. Rows that still match after the last pass: "backfill-incomplete" (no). What the table and
/// its key must be: Keyset. An interrupt is obeyed between batches and cancels a running one. The connection must be
/// idle.
BackfillResult run(postgres::Connection& connection, const BackfillRun& run, const Checkpoint& checkpoint,
                   const EventSink& sink);

}  // namespace slipway::data
