#include "commands/check.h"

#include "base/error.h"
#include "base/files.h"
#include "commands/against.h"
#include "commands/judge.h"
#include "engines/postgres/predict_snapshot.h"
#include "reports/snapshot_reader.h"
#include "rules/rule.h"

namespace slipway::commands {

namespace {

constexpr int oldest = 13, newest = 18;

/// The installed PostgreSQL's version, or else the one whose grammar is known best.
int usualVersion() { return std::clamp(postgres::installedMajor().value_or(15), oldest, newest); }

ScriptText asScript(std::string sql) {
    ScriptText script;
    script.text = std::move(sql);
    return script;
}

apply::CutOptions optionsFor(const ScriptsToJudge& scripts, const ScriptToJudge& one) {
    apply::CutOptions options;
    options.backfill = one.backfill;
    const bool inTransaction = !scripts.project || scripts.project->settings.project.executeInTransaction;
    options.executeInTransaction = one.script.config.executeInTransaction.value_or(inTransaction);
    if (scripts.project) options.mixed = scripts.project->settings.project.mixed;
    return options;
}

class Checking {
  public:
    Checking(const ScriptsToJudge& scripts, const Common& common, postgres::Predictor& predictor, ReleaseEffects& release)
        : scripts_(scripts), common_(common), predictor_(predictor), release_(release) {}

    void run() {
        for (const ScriptToJudge& one : scripts_.scripts) {
            if (!one.script.config.shouldExecute) continue;
            if (!one.judged) {
                replay(one);
                continue;
            }
            if (release_.scripts.empty() || !scripts_.release) predictor_.settle();
            release_.scripts.push_back(judged(one));
            JudgedScript& made = release_.scripts.back();
            made.id = one.id;
            made.migration = one.migration;
            if (one.migration && one.migration->down) made.undo = described(*one.migration->down);
        }
    }

  private:
    /// What is there before the release. What is wrong with it is no finding: it has been applied.
    void replay(const ScriptToJudge& one) {
        try {
            predictor_.replay(textOf(scripts_, one.script, common_));
        } catch (const Error& error) {
            if (!isAboutText(error)) throw;
        }
    }

    /// What an undo script asks for. Where it cannot be read, nothing: judged by itself it says why.
    std::shared_ptr<const JudgedScript> described(const Script& undo) {
        auto script = std::make_shared<JudgedScript>();
        try {
            script->script = textOf(scripts_, undo, common_);
            for (postgres::Predicted& one : predictor_.describe(script->script))
                script->statements.push_back({.statement = std::move(one.statement), .changes = std::move(one.changes)});
        } catch (const Error& error) {
            if (!isAboutText(error)) throw;
            return nullptr;
        }
        return script;
    }

    JudgedScript judged(const ScriptToJudge& one) {
        ScriptText text;
        try {
            text = textOf(scripts_, one.script, common_);
        } catch (const Error& error) {
            if (!isAboutText(error)) throw;
            JudgedScript unread;
            unread.script.file = one.script.file;
            unread.findings.push_back(findingOf(error));
            return unread;
        }
        if (!one.aside) return judge(predictor_, std::move(text), optionsFor(scripts_, one), release_.serverVersion);
        postgres::Predictor aside = predictor_.fork();
        return judge(aside, std::move(text), optionsFor(scripts_, one), release_.serverVersion);
    }

    const ScriptsToJudge& scripts_;
    const Common& common_;
    postgres::Predictor& predictor_;
    ReleaseEffects& release_;
};

/// Tables that are there and that a script of another branch alters, where the world stands now.
std::set<std::string> tablesAltered(const postgres::Predictor& predictor, const Elsewhere& elsewhere) {
    std::set<std::string> tables;
    try {
        for (const postgres::Predicted& one : predictor.describe(asScript(elsewhere.text)))
            for (const Change& change : one.changes)
                std::visit([&](const auto& what) {
                    if constexpr (requires { what.table; what.column; } || requires { what.table; what.name; what.type; })
                        if (what.table.inUse()) tables.insert(what.table.name);
                }, change.what);
    } catch (const Error& error) {
        if (!isAboutText(error)) throw;
    }
    return tables;
}

/// What the configuration says of rules; of the environment what differs from the rest.
std::map<std::string, std::string> severitiesOf(const ScriptsToJudge& scripts, const Common& common) {
    if (!scripts.project) return {};
    const Settings& settings = scripts.project->settings;
    std::map<std::string, std::string> severities = chooseEnvironment(settings, common.environment).rules;
    severities.insert(settings.rules.begin(), settings.rules.end());
    for (const auto& [id, severity] : severities)
        if (!rules::findRule(id)) throw Error("rule-unknown", Exit::usage, fmt::format("{} sets a severity for '{}', which is no rule", settings.file, id), rules::hintForRule(id));
    return severities;
}

std::optional<Since> sinceOf(const CheckRequest& request, const std::optional<Snapshot>& snapshot) {
    if (request.since) return Since{*request.since};
    if (snapshot && !snapshot->schemaVersion.empty()) return Since{snapshot->schemaVersion, false};
    return std::nullopt;
}

}  // namespace

ReleaseEffects check(const CheckRequest& request, const EventSink& sink) {
    std::optional<Snapshot> snapshot;
    if (request.catalog) snapshot = reports::readSnapshot(readFile(*request.catalog), *request.catalog);
    ScriptsToJudge scripts = scriptsToJudge(request.common, request.files, sinceOf(request, snapshot));

    std::optional<Branch> branch;
    if (request.against) {
        if (!scripts.project || !request.files.empty() || request.since)
            throw Error("against-files", Exit::usage, "--against looks at the whole project by itself", "leave out the files and --since");
        branch = branchAgainst(*scripts.project, *request.against);
        judgeOnly(scripts, branch->added);
    }
    ReleaseEffects release;
    release.serverVersion = request.serverVersion           ? *request.serverVersion
                            : snapshot && snapshot->serverMajor ? std::clamp(snapshot->serverMajor, oldest, newest)
                                                            : usualVersion();
    Ground ground{.beginning = beginningOf(scripts)};
    postgres::Predictor predictor(release.serverVersion, scripts.complete);
    if (snapshot) {
        std::vector<std::string> notes, missing;
        predictor = postgres::predictorFrom(snapshot->catalog, release.serverVersion, notes);
        ground.definitions = postgres::definitionsOf(snapshot->catalog, missing);
        scripts.scripts.erase(scripts.scripts.begin(), scripts.scripts.begin() + static_cast<std::ptrdiff_t>(scripts.applied));
        for (const std::string& note : notes) {
            Event told{Event::Kind::message};
            told.text = "note: " + note;
            if (sink) sink(told);
        }
    }
    predictor.replay(asScript(ground.beginning.sql));
    predictor.beginSessionsWith(asScript(ground.beginning.session));
    Checking(scripts, request.common, predictor, release).run();
    const bool whole = scripts.complete || snapshot;
    if (whole || request.observe == Observe::always) settleByObserving(scripts, ground, request.common, request.observe, release, sink);
    if (scripts.project)
        for (const Migration& migration : scripts.project->changelog.migrations) {
            if (migration.version) release.versions.push_back(migration.version->text());
            release.hasUndoScripts = release.hasUndoScripts || migration.down;
        }
    if (branch) {
        // A file that is gone has no script here: what is said of it stands in a script of its own.
        if (!branch->findings.empty()) release.scripts.push_back({.id = branch->base, .script = {.file = *request.against}, .findings = branch->findings});
        compareWithElsewhere(*branch, [&](const Elsewhere& elsewhere) { return tablesAltered(predictor, elsewhere); }, release);
    }
    rules::judge(release, {.only = request.only, .severities = severitiesOf(scripts, request.common)});
    return release;
}

}  // namespace slipway::commands
