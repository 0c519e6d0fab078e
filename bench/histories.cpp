// The whole history of a project both ways: on a server, and played without one. After every migration the catalog that
// grew must be the server's, in structure, and with --locks each statement must do what was predicted.
//
//     histories URL FOLDER [--locks]       bench/histories starts the server and calls it
//
// Exit code 1: something differs; 3: the server refused a migration.
#include <fmt/format.h>
#include <unistd.h>

#include <set>

#include "base/files.h"
#include "changelogs/layout.h"
#include "changelogs/location.h"
#include "commands/observed_scripts.h"
#include "engines/postgres/inspect.h"
#include "engines/postgres/parse.h"
#include "support/agreement.h"
#include "support/structure.h"

using namespace slipway;

namespace {

struct Migrations {
    std::string layout;
    std::vector<ScriptText> scripts;
};

/// As the layout reads them that knows most of the files; where none knows any, all that is SQL, by name: what Prisma
/// writes, for instance.
Migrations read(const std::string& folder) {
    const ProjectSettings settings{.locations = {fs::absolute(folder).string()}};
    const changelogs::Location location(settings.locations.front(), changelogs::everyLevel);
    const changelogs::Layout& layout = changelogs::chooseLayout(settings);
    Migrations migrations;
    if (layout.recognise(location, settings) == 0) {
        migrations.layout = "files by name";
        for (const changelogs::FoundFile& file : location.files())
            if (file.name.ends_with(".sql")) migrations.scripts.push_back({.file = file.name, .text = readFile(file.path)});
        return migrations;
    }
    migrations.layout = layout.name;
    for (const Migration& migration : layout.read(settings).migrations) {
        migrations.scripts.push_back(changelogs::loadScript(migration.up, settings, {}));
        migrations.scripts.back().file = migration.up.name;
    }
    return migrations;
}

/// A database of the run's own, dropped at its end.
class OwnDatabase {
  public:
    explicit OwnDatabase(const std::string& url) : url_(url), name_(fmt::format("histories_{}", ::getpid())) {
        postgres::Connection::open({url_}, "histories")->run("CREATE DATABASE " + name_ + " TEMPLATE template0");
    }
    ~OwnDatabase() { postgres::Connection::open({url_}, "histories")->run("DROP DATABASE " + name_ + " WITH (FORCE)"); }
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;
    std::unique_ptr<postgres::Connection> connect() const { return postgres::Connection::open({.url = url_, .database = name_}, "histories"); }

  private:
    std::string url_;
    std::string name_;
};

struct Total {
    size_t statements = 0, refused = 0, structure = 0, compared = 0, uncertain = 0, fewer = 0, effects = 0;
};

/// A history is applied to tables that have no rows, or few: less is set off by these than the prediction must reckon with.
bool isAboutRows(std::string_view kind) {
    return kind == "insert" || kind == "update" || kind == "delete" || kind == "merge" || kind == "select" || kind == "copy" || kind == "do" || kind == "call";
}

class History {
  public:
    History(const OwnDatabase& database, bool locks)
        : server_(database.connect()), observed_(*server_, [&] { return database.connect(); }, {}), predictor_(server_->serverVersion() / 10'000, true), locks_(locks) {}

    void apply(const ScriptText& script) {
        predictor_.settle();
        observed_.settle();
        said_.clear();
        const std::vector<postgres::Predicted> predicted = predictor_.play(script);
        total.statements += predicted.size();
        for (const postgres::Predicted& each : predicted) {
            if (!each.problem) continue;
            total.refused++;
            said_ += fmt::format("  line {}: said to be refused: {}\n", each.problem->line, each.problem->message);
        }
        locks_ ? observe(script, predicted) : run(script);
        compareCatalogs();
        if (!said_.empty()) fmt::print("{}\n{}", script.file, said_);
    }

    Total total;

  private:
    /// As the tools of such projects run a script: in one transaction, unless a statement of it cannot be in one.
    void run(const ScriptText& script) {
        observed_.begin();
        const auto statements = postgres::parse(script);
        if (std::ranges::any_of(statements, [](const Statement& each) { return each.runs != Runs::transactional && each.runs != Runs::mayCommit; }) ||
            std::ranges::any_of(statements, &Statement::copyIn)) {
            observed_.replay(script);
        } else {
            server_->run(script.text);
        }
    }

    void observe(const ScriptText& script, const std::vector<postgres::Predicted>& predicted) {
        observed_.begin();
        const auto statements = postgres::parse(script);
        for (size_t i = 0; i < statements.size(); i++) {
            const StatementEffects seen = observed_.run(script, statements[i]);
            total.compared++;
            if (!predicted[i].effects.certain || !seen.certain) {
                total.uncertain++;
                continue;
            }
            const std::string differ = tests::disagreements(predicted[i], seen, statements[i].runs == Runs::alone);
            if (differ.empty()) continue;
            if (isAboutRows(statements[i].kind) && tests::covers(predicted[i].effects, seen)) {
                total.fewer++;
                continue;
            }
            total.effects++;
            said_ += fmt::format("  line {}: {}\n{}", script.positionOf(statements[i].span.begin).line, statements[i].kind, differ);
        }
    }

    /// What differs is told once, of the migration after which it began.
    void compareCatalogs() {
        const Catalog read = tests::structureOf(postgres::inspect(*server_)), grown = tests::structureOf(predictor_.catalog());
        std::set<std::string> now;
        for (const Difference& difference : compare(read, grown)) {
            std::string message = difference.message();
            if (!before_.contains(message)) {
                total.structure++;
                said_ += fmt::format("  {}\n", message);
            }
            now.insert(std::move(message));
        }
        before_ = std::move(now);
    }

    std::unique_ptr<postgres::Connection> server_;
    commands::ObservedScripts observed_;
    postgres::Predictor predictor_;
    bool locks_;
    std::set<std::string> before_;
    std::string said_;
};

int compareHistory(const std::string& url, const std::string& folder, bool locks) {
    const Migrations migrations = read(folder);
    const OwnDatabase database(url);
    History history(database, locks);
    for (const ScriptText& script : migrations.scripts) {
        try {
            history.apply(script);
        } catch (const Error& error) {
            fmt::print("{}: the server refused it: {}\n", script.file, error.message);
            return 3;
        }
    }
    const Total& total = history.total;
    fmt::print("{} migrations ({}), {} statements: {} differences of structure, {} statements wrongly said to be refused\n", migrations.scripts.size(),
               migrations.layout, total.statements, total.structure, total.refused);
    if (locks) fmt::print("{} statements observed: {} with other effects than predicted, {} with fewer, for want of rows, {} uncertain\n", total.compared, total.effects, total.fewer, total.uncertain);
    return total.structure + total.refused + total.effects == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    const bool locks = count == 4 && std::string_view(arguments[3]) == "--locks";
    if (count != 3 && !locks) {
        fmt::print(stderr, "usage: histories URL FOLDER [--locks]\n");
        return 2;
    }
    try {
        return compareHistory(arguments[1], arguments[2], locks);
    } catch (const Error& error) {
        fmt::print(stderr, "{}\n", error.message);
        return 3;
    }
}
