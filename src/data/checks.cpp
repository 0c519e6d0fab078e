#include "data/checks.h"

#include "base/text.h"
#include "data/answer.h"

namespace slipway::data {

namespace {

std::string expectation(const Check& check) {
    return check.expect == "empty" ? "no rows were expected" : shown(check.expect) + " was expected";
}

std::string outcome(const Answer& answer) {
    if (!answer.given())
        return answer.sqlstate.empty() ? answer.problem
                                       : fmt::format("{} (SQLSTATE {})", answer.problem, answer.sqlstate);
    return answer.rows == 0 ? "there are no rows" : "the answer is " + shown(answer.text);
}

}  // namespace

std::vector<Finding> runChecks(postgres::Connection& connection, const std::vector<Check>& checks,
                               const std::string& table, const std::string& file) {
    std::vector<Finding> findings;
    for (const Check& check : checks) {
        const Answer answer = ask(connection, check.sql);
        if (agrees(answer, check.expect)) continue;
        findings.push_back({"check-failed", Severity::error, file, check.line, 0,
                            fmt::format("[[{}]] \"{}\" does not hold: {}, {}; it asks: {}", table, check.name,
                                        expectation(check), outcome(answer), trim(check.sql)),
                            table == "pre"
                                ? "bring the database to the state that the migration needs, or correct the check"
                                : "the migration did not do what it promises: correct it, or the check"});
    }
    return findings;
}

}  // namespace slipway::data
