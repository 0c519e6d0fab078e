// Megabytes a second of the splitter and of parse(), against what libpg_query itself offers, on the same scripts.
// Read the ratios within one run; the machine's speed is in all of them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <pg_query.h>

#include <string>

#include "engines/postgres/parse.h"

using namespace slipway;

namespace {

constexpr size_t size = 4 << 20;

/// Statements as migrations hold them: ten kinds, about 110 bytes each on average.
std::string migrations() {
    std::string text;
    for (int i = 0; text.size() < size; i++)
        text += fmt::format(R"(-- step {0}
CREATE TABLE app.orders_{0} (id bigint PRIMARY KEY, customer text NOT NULL DEFAULT 'nobody', total numeric(10,2));
ALTER TABLE app.orders_{0} ADD COLUMN note text DEFAULT 'it''s; fine', ADD CHECK (total >= 0);
CREATE INDEX orders_{0}_customer ON app.orders_{0} (customer) WHERE customer <> '';
COMMENT ON TABLE app.orders_{0} IS 'Orders; one row each';
CREATE FUNCTION app.touch_{0}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.note := NEW.note || ';';
    RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON app.orders_{0} FOR EACH ROW EXECUTE FUNCTION app.touch_{0}();
UPDATE app.orders_{0} SET note = 'none' WHERE note IS NULL;
INSERT INTO app.orders_{0} (id, customer) VALUES (1, 'a'), (2, 'b'), (3, 'c');
GRANT SELECT ON app.orders_{0} TO reporting; /* readers */
DROP TABLE IF EXISTS app.old_orders_{0};
)", i);
    return text;
}

/// What pg_dump --inserts writes.
std::string inserts() {
    std::string text;
    for (int i = 0; text.size() < size; i++)
        text += fmt::format("INSERT INTO public.users VALUES ({0}, 'user {0}', 'user{0}@example.org', '2024-01-01');\n", i);
    return text;
}

/// Few statements with long bodies.
std::string functions() {
    std::string text;
    for (int i = 0; text.size() < size; i++) {
        text += fmt::format("CREATE OR REPLACE FUNCTION f{}() RETURNS void LANGUAGE plpgsql AS $body$\nBEGIN\n", i);
        for (int line = 0; line < 60; line++) text += "    PERFORM pg_notify('channel', 'a message; its rest');\n";
        text += "END $body$;\n";
    }
    return text;
}

const std::string& script(int64_t which) {
    static const std::string scripts[] = {migrations(), inserts(), functions()};
    return scripts[which];
}

void report(benchmark::State& state, size_t statements) {
    static const char* const names[] = {"migrations", "inserts", "functions"};
    const auto bytes = static_cast<int64_t>(script(state.range(0)).size());
    state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * bytes);
    state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * statements));
    state.SetLabel(names[state.range(0)]);
}

void split(benchmark::State& state) {
    const ScriptText text{.file = "bench.sql", .text = script(state.range(0))};
    size_t statements = 0;
    for (auto _ : state) statements = postgres::split(text).size();
    report(state, statements);
}

void splitAndParse(benchmark::State& state) {
    const ScriptText text{.file = "bench.sql", .text = script(state.range(0))};
    size_t statements = 0;
    for (auto _ : state) statements = postgres::parse(text).size();
    report(state, statements);
}

template <PgQuerySplitResult (*splitter)(const char*)>
void pgQuerySplit(benchmark::State& state) {
    size_t statements = 0;
    for (auto _ : state) {
        const PgQuerySplitResult result = splitter(script(state.range(0)).c_str());
        statements = static_cast<size_t>(result.n_stmts);
        pg_query_free_split_result(result);
    }
    report(state, statements);
}

/// One call a statement, nothing read: what parse() cannot do without.
void pgQueryParseEach(benchmark::State& state) {
    const ScriptText text{.file = "bench.sql", .text = script(state.range(0))};
    const auto pieces = postgres::split(text);
    std::string sql;
    for (auto _ : state)
        for (const postgres::Piece& piece : pieces) {
            sql = piece.span.of(text.text);
            pg_query_free_parse_result(pg_query_parse(sql.c_str()));
        }
    report(state, pieces.size());
}

// By the process's clock: parse() works on a thread of its own.
#define SLIPWAY_BENCHMARK(function) \
    BENCHMARK(function)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()
SLIPWAY_BENCHMARK(split);
SLIPWAY_BENCHMARK(pgQuerySplit<pg_query_split_with_scanner>);
SLIPWAY_BENCHMARK(pgQuerySplit<pg_query_split_with_parser>);
SLIPWAY_BENCHMARK(splitAndParse);
SLIPWAY_BENCHMARK(pgQueryParseEach);

}  // namespace
