// CPU time of predicting, against what libpg_query's parse to JSON of the same statements takes: a number of statements
// and a catalog that grow tenfold each time, so that what is not linear shows.
#include <fmt/format.h>
#include <pg_query.h>
#include <sys/resource.h>

#include <ctime>
#include <string>

#include "engines/postgres/parse.h"
#include "engines/postgres/predict.h"

using namespace slipway;

namespace {

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// A history of `tables` tables with five statements each.
std::string history(int tables) {
    std::string text;
    for (int i = 0; i < tables; i++)
        text += fmt::format(R"(CREATE TABLE orders_{0} (id bigint PRIMARY KEY, customer text NOT NULL DEFAULT 'nobody', total numeric(10,2), at timestamptz DEFAULT now());
ALTER TABLE orders_{0} ADD COLUMN note varchar(50), ADD CONSTRAINT orders_{0}_total CHECK (total >= 0) NOT VALID;
CREATE INDEX orders_{0}_customer ON orders_{0} (lower(customer)) WHERE customer <> '';
ALTER TABLE orders_{0} ADD CONSTRAINT orders_{0}_fk FOREIGN KEY (id) REFERENCES orders_{1} (id);
ALTER TABLE orders_{0} ALTER COLUMN note TYPE varchar(80);
)", i, i / 2);
    return text;
}

void measure(int tables) {
    const ScriptText script{.file = "bench", .text = history(tables)};
    const auto pieces = postgres::split(script);
    const double start = cpuSeconds();
    for (const postgres::Piece& piece : pieces) {
        const std::string text(piece.span.of(script.text));
        const PgQueryParseResult tree = pg_query_parse(text.c_str());
        pg_query_free_parse_result(tree);
    }
    const double parsed = cpuSeconds();
    postgres::Predictor predictor(15, true);
    const auto predicted = predictor.play(script);
    const double played = cpuSeconds();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto each = [&](double seconds) { return seconds * 1e6 / static_cast<double>(pieces.size()); };
    fmt::print("| {} | {} | {:.1f} | {:.1f} | {:.2f} | {:.1f} | {} |\n", pieces.size(), tables, each(parsed - start), each(played - parsed),
               (played - parsed) / (parsed - start), static_cast<double>(script.text.size()) / 1048576, usage.ru_maxrss / 1024);
}

}  // namespace

int main() {
    fmt::print("| statements | tables | parse, µs each | predict, µs each | ratio (promised: 2.5) | input, MB | memory so far, MB |\n|---|---|---|---|---|---|---|\n");
    for (const int tables : {100, 1000, 20000}) measure(tables);
}
