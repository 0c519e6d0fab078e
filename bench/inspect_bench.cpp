// Reading the catalog of a database of 2,000 tables, against pg_dump --schema-only on the same server. The two take
// turns, so that both see the same load; read the ratio. The server is the one of SLIPWAY_BENCH_URL (a keyword string);
// the database is made there and dropped. SLIPWAY_BENCH_PG_DUMP names the program, pg_dump by default.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engines/postgres/inspect.h"

using namespace slipway;

namespace {

constexpr const char* name = "slipway_inspect_bench";

std::string variable(const char* key, const char* otherwise) {
    const char* value = std::getenv(key);
    return value ? value : otherwise;
}

/// 10,000 columns, 6,000 indexes, 4,000 constraints; in batches, since one transaction would need too many locks.
void fill(postgres::Connection& connection) {
    for (int from = 1; from <= 2000; from += 100)
        connection.run(fmt::format(R"(DO $$ BEGIN FOR i IN {}..{} LOOP
            EXECUTE format('CREATE TABLE t%1$s (id serial PRIMARY KEY, name text NOT NULL DEFAULT ''x'','
                           ' amount numeric(10,2) DEFAULT 0, at timestamptz DEFAULT now(), parent integer'
                           ' REFERENCES t%2$s)', i, greatest(i - 1, 1));
            EXECUTE format('CREATE INDEX t%1$s_name ON t%1$s (name); CREATE INDEX t%1$s_at ON t%1$s (at)', i);
        END LOOP; END $$)",
                                   from, from + 99));
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + std::ssize(values) / 2);
    return values[values.size() / 2];
}

void inspectAndDump(benchmark::State& state) {
    const postgres::Target server{.url = variable("SLIPWAY_BENCH_URL", "")};
    if (server.url.empty()) {
        state.SkipWithError("SLIPWAY_BENCH_URL names no server");
        return;
    }
    const auto admin = postgres::Connection::open(server, "bench");
    admin->run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
    admin->run(fmt::format("CREATE DATABASE {}", name));
    const postgres::Target target{.url = server.url, .database = name};
    fill(*postgres::Connection::open(target, "bench"));
    const std::string dump = fmt::format("'{}' --schema-only -d '{} dbname={}' >/dev/null",
                                         variable("SLIPWAY_BENCH_PG_DUMP", "pg_dump"), server.url, name);
    std::vector<double> reading, dumping;
    for (auto _ : state) {
        Stopwatch watch;
        if (postgres::inspect(*postgres::Connection::open(target, "bench")).tables.size() != 2000)
            state.SkipWithError("tables are missing");
        reading.push_back(static_cast<double>(watch.elapsed().count()));
        watch = {};
        if (std::system(dump.c_str()) != 0) state.SkipWithError("pg_dump failed");
        dumping.push_back(static_cast<double>(watch.elapsed().count()));
    }
    const Catalog catalog = postgres::inspect(*postgres::Connection::open(target, "bench"));
    Stopwatch watch;
    benchmark::DoNotOptimize(compare(catalog, catalog));
    state.counters["compare_ms"] = static_cast<double>(watch.elapsed().count());
    watch = {};
    benchmark::DoNotOptimize(digest(catalog));
    state.counters["digest_ms"] = static_cast<double>(watch.elapsed().count());
    state.counters["inspect_ms"] = median(reading);
    state.counters["pg_dump_ms"] = median(dumping);
    state.counters["ratio"] = median(reading) / median(dumping);
    admin->run(fmt::format("DROP DATABASE {} WITH (FORCE)", name));
}
BENCHMARK(inspectAndDump)->Iterations(9)->Unit(benchmark::kMillisecond);

}  // namespace
