#include "commands/check.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/reports.h"
#include "cli/verb.h"

namespace slipway::cli {

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    struct State {
        commands::CheckRequest request;
        std::string observe = "auto";
        std::string only;
        Reports reports;
    };
    auto state = std::make_shared<State>();
    commands::CheckRequest* const request = &state->request;
    app.add_option("FILE", request->files, "scripts to be judged, in this order; without any: the project's migrations");
    app.add_option("--against", request->against, "a branch, such as origin/main: what this one adds to it is one release; versions and tables are "
                                                  "compared with other open branches")->type_name("BRANCH");
    app.add_option("--since", request->since, "the last migration that is applied already: what comes after it is one release")->type_name("ID");
    app.add_option("--server-version", request->serverVersion, "the PostgreSQL to predict for, 13 to 18 (default: the installed one's)")
        ->check(CLI::Range(13, 18))->type_name("N");
    app.add_option("--catalog", request->catalog, "begin with the database that `slipway snapshot` wrote down there")->type_name("FILE");
    app.add_option("--observe", state->observe, "auto: what is uncertain is run on the embedded server where one of this version is installed; always: every "
                                                "statement is; never: none is")
        ->check(CLI::IsMember({"auto", "always", "never"}))->type_name("WHEN");
    app.add_option("--only", state->only, "the rules of this category alone")->check(CLI::IsMember({"safety", "review", "style"}))->type_name("CATEGORY");
    addProject(app, request->common);
    app.add_option("--env", request->common.environment, "whose placeholders are filled in (default: the first one's)")->type_name("NAME");
    addReports(app, state->reports, terminal);
    return [state, request, &terminal] {
        Progress progress(terminal);
        request->observe = state->observe == "always" ? commands::Observe::always : state->observe == "never" ? commands::Observe::never : commands::Observe::automatic;
        for (const Category category : {Category::safety, Category::review, Category::style})
            if (state->only == nameOf(category)) request->only = category;
        const ReleaseEffects release = commands::check(*request, progress.sink());
        writeReports(state->reports, release, terminal);
        return static_cast<int>(release.passed() ? Exit::yes : Exit::no);
    };
}

extern const Verb verb_check = {
    "check", "1. Everyday", "tells what each statement will lock, rewrite and read, without a server",
    "Reads the migrations from the first one on, keeps track of the schema that they make, and tells for each statement the strongest lock on what was "
    "there before, whether it rewrites a table, reads one whole or rebuilds indexes. Without --since each migration is judged against the state before "
    "it. FILEs outside of a project are judged by themselves: what they do not make may be there or not. Exits with 1 when a finding is an error; "
    "warnings and notes do not count.\n\nExample:\n  slipway check\n  slipway check --since 20260401120000 --server-version 16 --format json\n  slipway check db/migrations/V7__Add_index.sql\n  "
    "slipway check --report sarif=slipway.sarif --report markdown=comment.md",
    prepare};

}  // namespace slipway::cli
