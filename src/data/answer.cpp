#include "data/answer.h"

#include "base/digest.h"
#include "base/text.h"

namespace slipway::data {

namespace {

constexpr size_t mostRows = 1000;

Answer read(const postgres::Result& result) {
    Answer answer;
    answer.rows = result.rows.size();
    if (answer.rows > mostRows) {
        answer.problem = fmt::format("it answers with more than {} rows; let it count, sum or hash them", mostRows);
        return answer;
    }
    Digester digester;
    for (const auto& row : result.rows) {
        if (!answer.text.empty()) answer.text += '\n';
        for (size_t column = 0; column < row.size(); column++) {
            answer.text += (column ? " | " : "") + row[column].value_or("NULL");
            digester.add(row[column].has_value() ? "value" : "null").add(row[column].value_or(""));
        }
        digester.add("row");
    }
    answer.digest = digester.hex();
    return answer;
}

}  // namespace

Answer ask(postgres::Connection& connection, const std::string& sql) {
    const bool inTransaction = connection.transaction() == postgres::Transaction::open;
    const char* const back =
        inTransaction ? "ROLLBACK TO SAVEPOINT slipway_question; RELEASE SAVEPOINT slipway_question" : "ROLLBACK";
    connection.run(inTransaction ? "SAVEPOINT slipway_question" : "BEGIN READ ONLY");
    Answer answer;
    try {
        // A cursor, so that a query over a whole table does not come as a whole.
        connection.query("DECLARE slipway_question NO SCROLL CURSOR FOR " + sql);
        answer = read(connection.query(fmt::format("FETCH {} FROM slipway_question", mostRows + 1)));
    } catch (const Error& error) {
        if (error.code != "sql") {
            if (connection.alive()) connection.run(back);
            throw;
        }
        answer.problem = error.message;
        answer.sqlstate = error.sqlstate;
    }
    connection.run(back);
    return answer;
}

bool agrees(const Answer& answer, const std::string& expected) {
    if (!answer.given()) return false;
    if (expected == "empty") return answer.rows == 0;
    if (answer.rows == 0) return false;
    return answer.text == expected || (answer.text == "t" && expected == "true") ||
           (answer.text == "f" && expected == "false");
}

std::string shown(const std::string& text) {
    return "\"" + abbreviate(replaceAll(text, "\n", " / "), 120) + "\"";
}

}  // namespace slipway::data
