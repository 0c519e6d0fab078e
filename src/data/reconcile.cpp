#include "data/reconcile.h"

#include "base/text.h"
#include "data/tables.h"

namespace slipway::data {

namespace {

constexpr const char* undefinedTable = "42P01";

/// Calls `visit(file, question, index)` for each [[reconcile]] of all declarations.
template <class Visit>
void each(const std::vector<Declarations>& declared, const Visit& visit) {
    size_t index = 0;
    for (const Declarations& declarations : declared)
        for (const Reconciliation& question : declarations.reconcile) visit(declarations.file, question, index++);
}

std::string refusal(const Answer& answer) {
    return answer.sqlstate.empty() ? answer.problem : fmt::format("{} (SQLSTATE {})", answer.problem, answer.sqlstate);
}

std::string said(const Answer& answer) {
    return !answer.given()    ? "could not be asked: " + refusal(answer)
           : answer.rows == 0 ? "no rows"
                              : shown(answer.text);
}

std::optional<Finding> judge(const Reconciliation& question, const Answer& before, const Answer& after) {
    const auto finding = [&](const char* rule, Severity severity, const std::string& message, std::string help) {
        return Finding{rule,           severity, "",
                       question.line,  0,        fmt::format("[[reconcile]] \"{}\" {}", question.name, message),
                       std::move(help)};
    };
    if (!after.given())
        return finding("reconcile-unanswered", Severity::error, "could not be asked after the run: " + refusal(after),
                       "correct its query, so that it can be asked of the database as the run leaves it");
    if (question.expect != "same") {
        if (agrees(after, question.expect)) return {};
        return finding("reconcile-difference", Severity::error,
                       fmt::format("should answer {} and answers {}", shown(question.expect), said(after)),
                       "look at the rows that the query counts; correct the migration, or the expectation");
    }
    if (before.given()) {
        if (before.digest == after.digest) return {};
        return finding("reconcile-difference", Severity::error,
                       fmt::format("answered {} before the run and {} after it", said(before), said(after)),
                       "find the rows that changed; where the change is meant, expect its answer literally");
    }
    if (before.sqlstate == undefinedTable)
        return finding("reconcile-unanswered", Severity::note,
                       fmt::format("has nothing to compare with: before the run, {}; now it answers {}", before.problem,
                                   said(after)),
                       "nothing needs to be done: from the next run on there is an answer before");
    return finding("reconcile-unanswered", Severity::error, "could not be asked before the run: " + refusal(before),
                   "ask what can be asked before and after alike, or expect a literal answer instead of \"same\"");
}

}  // namespace

Snapshot take(postgres::Connection& connection, const std::vector<Declarations>& declared, bool countRows,
              const HistoryTable& history) {
    Snapshot snapshot;
    connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    each(declared, [&](const std::string&, const Reconciliation& question, size_t) {
        snapshot.answers.push_back(ask(connection, question.sql));
    });
    connection.run("COMMIT");
    if (!countRows) return snapshot;
    overTables(
        connection, userTables(connection, history),
        [&](const std::string& table) {
            return fmt::format("SELECT {}, count(*) FROM ONLY {}", connection.literal(table), table);
        },
        [&](const std::vector<postgres::Value>& row) { snapshot.rows[*row[0]] = std::stoll(*row[1]); });
    return snapshot;
}

std::vector<Finding> compare(const Snapshot& before, const Snapshot& after, const std::vector<Declarations>& declared) {
    std::vector<Finding> findings;
    each(declared, [&](const std::string& file, const Reconciliation& question, size_t index) {
        if (auto finding = judge(question, before.answers.at(index), after.answers.at(index))) {
            finding->file = file;
            findings.push_back(std::move(*finding));
        }
    });
    for (const auto& [table, rows] : before.rows) {
        const auto now = after.rows.find(table);
        if (rows == 0 || (now != after.rows.end() && now->second >= rows)) continue;
        const std::string change = now == after.rows.end() ? "is gone" : "has " + count(now->second, "row") + " left";
        findings.push_back({"rows-lost", Severity::warning, "", 0, 0,
                            fmt::format("{} had {} before the run and {}", table, count(rows, "row"), change),
                            "see that these rows were meant to go, and that they were saved before"});
    }
    return findings;
}

std::vector<std::pair<std::string, std::string>> facts(const Snapshot& before, const Snapshot& after,
                                                       const std::vector<Declarations>& declared) {
    std::vector<std::pair<std::string, std::string>> facts;
    each(declared, [&](const std::string&, const Reconciliation& question, size_t index) {
        const Answer& was = before.answers.at(index);
        const Answer& is = after.answers.at(index);
        const bool changed = was.given() && was.digest != is.digest;
        facts.emplace_back(question.name, said(is) + (changed ? ", before " + said(was) : ""));
    });
    for (const auto& [table, rows] : after.rows) {
        const auto was = before.rows.find(table);
        const bool changed = was != before.rows.end() && was->second != rows;
        facts.emplace_back(table, count(rows, "row") + (changed ? ", before " + count(was->second, "row") : ""));
    }
    return facts;
}

}  // namespace slipway::data
