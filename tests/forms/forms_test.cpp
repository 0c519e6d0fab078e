// On every statement form, what is predicted without a server is what is observed on one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "engines/postgres/observe.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/predict.h"
#include "forms/form_file.h"
#include "support/agreement.h"
#include "support/database.h"

namespace slipway::tests {

namespace {

const std::string folder = SLIPWAY_SOURCE "/tests/forms";

ScriptText script(const std::string& text) { return {.file = "form", .text = text}; }

std::string schemaText() {
    std::ostringstream text;
    text << std::ifstream(folder + "/schema.sql").rdbuf();
    return text.str();
}

/// The schema in a database of the server, and as statements make it without one.
struct Base {
    Base() {
        auto connection = database.connect();
        connection->run(schemaText());
        major = connection->serverVersion() / 10000;
        predictor.emplace(major, true);
        for (const auto& each : predictor->play(script(schemaText())))
            if (each.problem) ADD_FAILURE() << "schema.sql:" << each.problem->line << ": " << each.problem->message;
        predictor->settle();
    }
    Database database;
    int major = 0;
    std::optional<postgres::Predictor> predictor;
};

Base& base() {
    static Base once;
    return once;
}

struct Outcome {
    bool certain = true;
    std::string problem;  ///< where the two disagree, or why one of them could not say
};

postgres::Predicted predict(const Form& form) {
    postgres::Predictor predictor = base().predictor->fork();
    for (const std::string& each : form.setup) predictor.replay(script(each));
    predictor.settle();
    std::string text;
    for (const std::string& each : form.session) text += each + "\n";
    auto all = predictor.play(script(text + form.sql));
    return all.empty() ? postgres::Predicted{} : all.back();
}

/// Takes away what outlives a form's database or keeps it from being dropped.
class CleanUp {
  public:
    explicit CleanUp(const Database& database) : database_(database) {}
    ~CleanUp() {
        drop(database_, "SELECT 'ALTER SUBSCRIPTION ' || quote_ident(subname) || ' DISABLE; ALTER SUBSCRIPTION ' || quote_ident(subname) "
                        "|| ' SET (slot_name = NONE); DROP SUBSCRIPTION ' || quote_ident(subname) FROM pg_subscription "
                        "WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())");
        drop(database_, "SELECT 'DROP OWNED BY ' || quote_ident(rolname) FROM pg_roles WHERE rolname LIKE 'slipway_test_new_%'");
        drop(database_, "SELECT 'DROP DATABASE ' || quote_ident(datname) FROM pg_database WHERE datname LIKE 'slipway_test_new_%'");
        drop(database_, "SELECT 'DROP TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace WHERE spcname LIKE 'slipway_test_new_%'");
        drop(database_, "SELECT 'DROP ROLE ' || quote_ident(rolname) FROM pg_roles WHERE rolname LIKE 'slipway_test_new_%'");
    }

  private:
    static void drop(const Database& database, const std::string& query) {
        auto connection = database.connect();
        for (const auto& row : connection->query(query).rows)
            for (const std::string& each : split(row.at(0).value_or(""), ';')) connection->run(each);
    }
    const Database& database_;
};

StatementEffects observe(const Form& form, const Database& database) {
    auto connection = database.connect();
    for (const std::string& each : form.session) connection->run(each);
    const ScriptText text = script(form.sql);
    const auto statements = postgres::parse(text);
    postgres::Observer observer(*connection, [&] { return database.connect(); });
    Statement statement = statements.at(0);
    if (form.alone && statement.runs == Runs::transactional) {  // what only the server knows: a partitioned table
        statement.runs = Runs::alone;
        statement.alone = std::make_shared<const NonTransactional>(NonTransactional{.kind = NonTransactional::Kind::repeatable});
    }
    return observer.observe(statement, statement.span.of(text.text), statement.data.of(text.text), postgres::Ending::rollback).effects;
}

Outcome tryForm(const Form& form) {
    Outcome outcome;
    try {
        const postgres::Predicted predicted = predict(form);
        outcome.certain = predicted.effects.certain;
        if (predicted.problem) outcome.problem = fmt::format("    refused: {}\n", predicted.problem->message);
        StatementEffects observed;
        if (form.setup.empty() && !form.alone) {
            observed = observe(form, base().database);
        } else {
            const Database own(base().database.name());
            const CleanUp cleanUp(own);
            auto connection = own.connect();
            for (const std::string& each : form.setup) connection->run(each);
            observed = observe(form, own);
        }
        if (outcome.certain && observed.certain) outcome.problem += disagreements(predicted, observed, form.alone);
    } catch (const Error& error) {
        outcome.problem += fmt::format("    error: {}\n", error.message);
    }
    return outcome;
}

/// What Slipway does not let a migration do.
bool isForbidden(const Form& form) {
    return postgres::classify(form.sql).runs == Runs::forbidden;
}

/// Forms on which the two do not agree yet, or cannot, with the reason: "FILE: NAME" and the reason below it, indented.
const std::map<std::string, std::string>& exceptions() {
    static const std::map<std::string, std::string> all = [] {
        std::map<std::string, std::string> read;
        std::ifstream file(folder + "/exceptions.txt");
        std::string line, name;
        while (std::getline(file, line)) {
            if (line.starts_with("  ")) read[name] += line;
            else if (!line.empty() && !line.starts_with("#")) name = line;
        }
        return read;
    }();
    return all;
}

class Forms : public testing::TestWithParam<std::string> {};

TEST_P(Forms, ArePredictedAsTheyAreObserved) {
    int tried = 0, uncertain = 0;
    for (const Form& form : readForms(folder + "/" + GetParam())) {
        if (!form.runsOn(base().major) || isForbidden(form)) continue;
        if (const char* only = std::getenv("SLIPWAY_FORM"); only && !form.name.contains(only)) continue;
        ++tried;
        const Outcome outcome = tryForm(form);
        if (!outcome.certain) ++uncertain;
        if (exceptions().contains(form.file + ": " + form.name)) {
            EXPECT_FALSE(outcome.problem.empty()) << form.file << ":" << form.line << ": " << form.name << "\n  is no exception any more: take it out of exceptions.txt";
            continue;
        }
        if (!outcome.problem.empty()) ADD_FAILURE() << form.file << ":" << form.line << ": " << form.name << "\n  " << form.sql << outcome.problem;
    }
    RecordProperty("tried", tried);
    RecordProperty("uncertain", uncertain);
    // Dynamic SQL aside, at most two in a hundred may be left to observation; a file has few forms, so one is always allowed.
    if (GetParam() != "do_blocks.form") {
        EXPECT_LE(uncertain, std::max(5, tried / 50)) << "of " << tried;
    }
}

INSTANTIATE_TEST_SUITE_P(Statement, Forms, testing::ValuesIn(formFiles(folder)), [](const auto& info) { return info.param.substr(0, info.param.find('.')); });

}  // namespace

}  // namespace slipway::tests
