// What predicting costs beside libpg_query's parse to JSON of the same statements: CPU time, wall clock and memory, for a
// number of statements and a catalog that grow, so that what is not linear shows. Files named as arguments are measured
// as one history instead.
#include <fmt/format.h>
#include <pg_query.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engines/postgres/parse.h"
#include "engines/postgres/predict.h"

using namespace slipway;

namespace {

double seconds(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Times {
    double cpu = 0, wall = 0;
};

template <class Work>
Times timed(const Work& work) {
    const Times start{seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)};
    work();
    return {seconds(CLOCK_PROCESS_CPUTIME_ID) - start.cpu, seconds(CLOCK_MONOTONIC) - start.wall};
}

Times median(std::vector<Times> rounds) {
    std::ranges::nth_element(rounds, rounds.begin() + static_cast<long>(rounds.size() / 2), {}, &Times::cpu);
    return rounds[rounds.size() / 2];
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
    text.shrink_to_fit();
    return text;
}

void predict(const ScriptText& script) { postgres::Predictor(15, true).replay(script); }

/// The same, with what rules judge by.
void describe(const ScriptText& script) { postgres::Predictor(15, true).play(script, [](postgres::Predicted&&) {}); }

void parse(const ScriptText& script, const std::vector<postgres::Piece>& pieces) {
    for (const postgres::Piece& piece : pieces) {
        const std::string text(piece.span.of(script.text));
        pg_query_free_parse_result(pg_query_parse(text.c_str()));
    }
}

void measure(std::string text, int rounds) {
    const ScriptText script{.file = "bench", .text = std::move(text)};
    // Before anything else is in memory, and in a process of its own for each history.
    describe(script);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto pieces = postgres::split(script);
    std::vector<Times> parsed, predicted, described;
    for (int i = 0; i < rounds; i++) {
        parsed.push_back(timed([&] { parse(script, pieces); }));
        predicted.push_back(timed([&] { predict(script); }));
        described.push_back(timed([&] { describe(script); }));
    }
    const Times parsing = median(std::move(parsed)), predicting = median(std::move(predicted)), describing = median(std::move(described));
    const auto each = [&](double time) { return time * 1e6 / static_cast<double>(pieces.size()); };
    const double megabytes = static_cast<double>(script.text.size()) / 1048576;
    fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {:.2f} | {:.2f} | {:.2f} | {:.1f} | {} | {:.0f} |\n", pieces.size(),
               each(parsing.cpu), each(predicting.cpu), each(predicting.wall), predicting.cpu / parsing.cpu,
               predicting.wall / parsing.cpu, describing.cpu / parsing.cpu, megabytes, usage.ru_maxrss / 1024, megabytes * 3 + 20);
}

/// Runs in a child, so that the peak of memory is its own.
template <class Work>
void apart(const Work& work) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        work();
        std::fflush(stdout);
        _exit(0);
    }
    waitpid(child, nullptr, 0);
}

}  // namespace

int main(int count, char** files) {
    fmt::print("| statements | parse, µs each | predict, µs each | wall, µs each | CPU ratio (promised: 2.5) | wall ratio | CPU ratio with "
               "descriptions for rules | input, MB | memory, MB | promised, MB |\n|---|---|---|---|---|---|---|---|---|---|\n");
    if (count > 1) {
        std::string text;
        for (int i = 1; i < count; i++) {
            std::ifstream file(files[i]);
            text.append(std::istreambuf_iterator<char>(file), {}).append(";\n");
        }
        return apart([&] { measure(std::move(text), 9); }), 0;
    }
    constexpr std::array<std::pair<int, int>, 3> sizes{{{1000, 9}, {5000, 3}, {20000, 1}}};
    for (const auto& [tables, rounds] : sizes) apart([&] { measure(history(tables), rounds); });
}
