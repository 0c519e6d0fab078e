// How long reading a catalog of 2,000 tables takes, against pg_dump --schema-only on the same server.
// usage: inspect_bench URL [PG_DUMP]   The database is made and dropped.
#include <cstdlib>

#include "base/clock.h"
#include "engines/postgres/inspect.h"

using namespace slipway;

namespace {

constexpr int rounds = 5;

Milliseconds median(const std::function<void()>& work) {
    std::vector<Milliseconds> times;
    for (int round = 0; round < rounds; ++round) {
        Stopwatch watch;
        work();
        times.push_back(watch.elapsed());
    }
    std::ranges::sort(times);
    return times[rounds / 2];
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return fmt::print("usage: inspect_bench URL [PG_DUMP]\n"), 2;
    const std::string url = arguments[1], dump = count > 2 ? arguments[2] : "pg_dump";
    const std::string name = "slipway_inspect_bench";
    auto server = postgres::Connection::open({.url = url}, "bench");
    server->run("DROP DATABASE IF EXISTS " + name);
    server->run("CREATE DATABASE " + name);
    {
        const auto connection = postgres::Connection::open({.url = url, .database = name}, "bench");
        // In batches: one transaction would need 14,000 locks.
        for (int from = 1; from <= 2000; from += 100)
            connection->run(fmt::format(R"(DO $$ BEGIN FOR i IN {}..{} LOOP
                EXECUTE format('CREATE TABLE t%1$s (id serial PRIMARY KEY, name text NOT NULL DEFAULT ''x'','
                               ' amount numeric(10,2) DEFAULT 0, at timestamptz DEFAULT now(), parent integer'
                               ' REFERENCES t%2$s)', i, greatest(i - 1, 1));
                EXECUTE format('CREATE INDEX t%1$s_name ON t%1$s (name); CREATE INDEX t%1$s_at ON t%1$s (at)', i);
            END LOOP; END $$)",
                                        from, from + 99));
    }
    const Milliseconds reading = median([&] {
        const auto connection = postgres::Connection::open({.url = url, .database = name}, "bench");
        if (postgres::inspect(*connection).tables.size() != 2000) std::abort();
    });
    const std::string command = fmt::format("'{}' --schema-only -d '{} dbname={}' >/dev/null", dump, url, name);
    const Milliseconds dumping = median([&] {
        if (std::system(command.c_str()) != 0) std::abort();
    });
    const auto connection = postgres::Connection::open({.url = url, .database = name}, "bench");
    const Catalog catalog = postgres::inspect(*connection);
    const Milliseconds comparing = median([&] {
        if (!compare(catalog, catalog).empty()) std::abort();
    });
    const Milliseconds digesting = median([&] { digest(catalog); });
    fmt::print("{}\n", summary(catalog));
    fmt::print("inspect {} ms, pg_dump --schema-only {} ms: {:.2f} times; compare {} ms, digest {} ms\n", reading.count(),
               dumping.count(), double(reading.count()) / double(dumping.count()), comparing.count(), digesting.count());
    if (!std::getenv("KEEP")) server->run("DROP DATABASE " + name + " WITH (FORCE)");
}
