// Worlds made by playing SQL, for tests of predictions.
#pragma once

#include <string>
#include <string_view>

#include "engines/postgres/parser_thread.h"
#include "engines/postgres/predict/parsed.h"
#include "engines/postgres/predict/prediction.h"
#include "engines/postgres/predict/queries.h"

namespace slipway::tests {

/// A world and the session that changes it.
struct Played {
    explicit Played(std::string_view schema = "", int version = 15) {
        world.serverVersion = version;
        run(schema);
    }

    /// Plays the statements; what they did is settled.
    void run(std::string_view sql) {
        parse(sql, [&](const postgres::Node& statement, std::string_view text) {
            postgres::Prediction prediction(world, session);
            postgres::play(prediction, statement, text);
        });
        world.settle();
    }

    /// The effects of these statements together; the world stays as it was.
    StatementEffects effects(std::string_view sql) const {
        postgres::World copy = world;
        postgres::SessionState ofSession = session;
        postgres::Prediction prediction(copy, ofSession);
        parse(sql, [&](const postgres::Node& statement, std::string_view text) {
            postgres::play(prediction, statement, text);
        });
        return prediction.take();
    }

    /// Calls `work` with each statement, on the parser's thread. Throws std::runtime_error for what does not parse.
    template <class Work>
    static void parse(std::string_view sql, const Work& work) {
        postgres::ParserThread::instance().run([&] {
            const postgres::Parsed parsed = postgres::Parsed::sql(sql);
            if (!parsed.error().empty()) throw std::runtime_error(parsed.error());
            for (const auto& each : parsed.statements()) work(each.node, sql.substr(each.begin, each.length));
        });
    }

    postgres::World world;
    postgres::SessionState session;
};

/// "customers RowShare, customers_pkey RowShare": the locks on relations of the schema public, sorted by name.
inline std::string locksOf(const StatementEffects& effects) {
    std::string text;
    for (const Effect& each : effects.effects) {
        std::string_view mode = nameOf(each.lock), relation = each.relation;
        if (mode.ends_with("Lock")) mode.remove_suffix(4);
        if (relation.starts_with("public.")) relation.remove_prefix(7);
        if (each.lock != LockMode::none)
            text += (text.empty() ? "" : ", ") + std::string(relation) + " " + std::string(mode);
    }
    return text;
}

}  // namespace slipway::tests
