// A rule: what is dangerous about a change, why, and what to do instead.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/view.h"
#include "model/change.h"
#include "model/finding.h"
#include "model/release_effects.h"

namespace slipway::rules {

using analysis::StatementView;

/// A release of one migration, on a database that exampleSchema() made. Further files are named by lines such as
/// "-- file: U2__example.sql"; what stands before the first of these is V2__example.sql.
struct Example {
    const char* sql;
    int serverVersion = 15;
};

/// The schema that all examples begin with.
const char* exampleSchema();

class Found;

/// What `slipway fix` makes of a statement: an edit of it, and what follows.
struct Fix {
    enum class Edit : uint8_t {
        concurrently,  ///< CONCURRENTLY is put where it belongs
        notValid,      ///< NOT VALID is put at its end
        remove         ///< the steps stand for it
    };
    struct Step {
        std::string sql;     ///< one or more statements, each with its semicolon
        bool alone = false;  ///< in a migration of its own, after this one
        std::string undo;    ///< what takes it back; "" where the undo script of the statement does
    };
    Edit edit = Edit::concurrently;
    std::vector<Step> steps;
};

struct Rule {
    const char* id;  ///< kebab-case, as its file is named
    Category category;
    Severity severity;   ///< unless a finding says less
    const char* finds;   ///< one line
    const char* because; ///< what goes wrong
    const char* instead; ///< what to do
    std::span<const Example> bad, good;
    /// One of these: called for each statement, each script, or once.
    void (*statement)(const StatementView&, Found&) = nullptr;
    void (*script)(const ReleaseEffects&, const JudgedScript&, Found&) = nullptr;
    void (*release)(const ReleaseEffects&, Found&) = nullptr;
    /// The safe form of a statement that it finds; nullopt where there is none that can be made without asking.
    std::optional<Fix> (*fix)(const JudgedStatement&) = nullptr;
};

/// All of them, by file name; the table is made from the folder.
std::span<const Rule* const> allRules();
/// nullptr when there is none.
const Rule* findRule(std::string_view id);
/// What to do about a rule that is not there: the nearest one, or where they are listed.
std::string hintForRule(const std::string& id);

/// Where a rule puts what it finds.
class Found {
  public:
    struct One {
        Finding finding;
        size_t script = 0;                ///< index in the release
        std::optional<size_t> statement;  ///< index in the script; none: about the file
    };

    Found(const ReleaseEffects& release, std::vector<One>& all) : release_(release), all_(all) {}
    void begin(const Rule& rule) { rule_ = &rule; }

    /// About a change to a relation: what is known of it tells the ground.
    void add(const StatementView& view, const Change& change, const RelationRef& about, std::string message, std::string help,
             std::optional<Severity> severity = std::nullopt);
    /// About a change to something that is no relation, or to no one relation.
    void add(const StatementView& view, const Change& change, std::string message, std::string help, std::optional<Severity> severity = std::nullopt);
    /// About a statement as a whole.
    void add(const JudgedScript& script, size_t statement, Ground ground, std::string message, std::string help, std::optional<Severity> severity = std::nullopt);
    /// About a file, at a line of it; 0: as a whole.
    void add(const JudgedScript& script, int line, std::string message, std::string help, std::optional<Severity> severity = std::nullopt);

  private:
    void put(const JudgedScript& script, std::optional<size_t> statement, size_t within, Ground ground, std::string message, std::string help,
             std::optional<Severity> severity);

    const ReleaseEffects& release_;
    std::vector<One>& all_;
    const Rule* rule_ = nullptr;
};

/// Calls `use(what, change)` for each change of the statement that is a `What`.
template <class What, class Use>
void each(const StatementView& view, Use use) {
    for (const Change& change : view.judged.changes)
        if (const auto* what = std::get_if<What>(&change.what)) use(*what, change);
}

/// The first change of the statement that is a `What`; nullptr when there is none.
template <class What>
const What* firstOf(const JudgedStatement& judged) {
    for (const Change& change : judged.changes)
        if (const auto* what = std::get_if<What>(&change.what)) return what;
    return nullptr;
}

/// The change, where it is all that the statement asks for, and is said by the statement itself; else nullptr.
template <class What>
const What* onlyChange(const JudgedStatement& judged) {
    if (judged.changes.size() != 1 || judged.changes.front().nested) return nullptr;
    return std::get_if<What>(&judged.changes.front().what);
}

/// The statements behind this one, and before it, in the same transaction, in their order.
std::span<const JudgedStatement> laterInTransaction(const StatementView& view);
std::span<const JudgedStatement> earlierInTransaction(const StatementView& view);

using analysis::lineOf;

/// NOT VALID, and VALIDATE CONSTRAINT in a migration of its own.
Fix notValidThenValidate(const change::AddConstraint& constraint);

/// The undo script of a step that leaves nothing behind by itself.
std::string nothingToUndo();

/// "a", "a and b", "a, b and 3 more".
std::string listed(const std::vector<std::string>& names);

struct Options {
    std::optional<Category> only;
    std::map<std::string, std::string> severities;  ///< "error", "warning", "note" or "off" for a rule's id
};

/// Adds to the findings of each script what the rules find and no comment of the script suppresses. A comment
/// "-- slipway:ignore RULE: reason" stands before its statement or behind it on its last line,
/// "-- slipway:ignore-file RULE: reason" anywhere between statements; one that names no rule of ours or gives no reason
/// is a finding itself.
void judge(ReleaseEffects& release, const Options& options = {});

}  // namespace slipway::rules
