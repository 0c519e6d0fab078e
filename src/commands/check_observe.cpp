#include "commands/check_observe.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/files.h"
#include "commands/observed_scripts.h"

namespace slipway::commands {

namespace {

bool open(const JudgedStatement& one) { return !one.effects.certain && !one.refused; }

int64_t countOpen(const ReleaseEffects& release) {
    int64_t found = 0;
    for (const JudgedScript& script : release.scripts) found += std::ranges::count_if(script.statements, open);
    return found;
}

void tell(const EventSink& sink, std::string text) {
    Event told{Event::Kind::message};
    told.text = std::move(text);
    if (sink) sink(told);
}

/// How many scripts there are before the first that is judged.
size_t history(const ScriptsToJudge& scripts) {
    return static_cast<size_t>(std::ranges::find_if(scripts.scripts, &ScriptToJudge::judged) - scripts.scripts.begin());
}

/// A database as it is before the first script that is judged. It is kept by the digest of all that it was made from, and
/// the next time only copied.
std::unique_ptr<postgres::Clone> base(const postgres::Target& server, const ScriptsToJudge& scripts, const Ground& ground, const Common& common) {
    std::vector<ScriptText> texts;
    Digester digest;
    digest.add(ground.definitions).add(ground.beginning.sql).add(ground.beginning.session);
    for (size_t i = 0; i < history(scripts); i++) {
        if (!scripts.scripts[i].script.config.shouldExecute) continue;
        texts.push_back(textOf(scripts, scripts.scripts[i].script, common));
        digest.add(texts.back().text);
    }
    const std::string key = digest.hex().substr(0, 32);
    if (!texts.empty())
        if (auto kept = postgres::Clone::ofKept(server, key)) return kept;
    auto made = postgres::Clone::empty(server);
    {
        const auto another = [&] { return postgres::Connection::open(made->target(), "slipway check"); };
        const auto connection = another();
        if (!ground.definitions.empty()) connection->run(ground.definitions);
        if (!ground.beginning.sql.empty()) connection->run(ground.beginning.sql);
        ObservedScripts replayed(*connection, another, {ground.beginning.session});
        for (const ScriptText& text : texts) replayed.replay(text);
    }
    return texts.empty() ? std::move(made) : postgres::Clone::keep(std::move(made), key);
}

class Settling {
  public:
    Settling(const ScriptsToJudge& scripts, const Common& common, Observe observe, ReleaseEffects& release)
        : scripts_(scripts), common_(common), all_(observe == Observe::always), release_(release), open_(countOpen(release)) {}

    void run(postgres::Connection& connection, const postgres::Target& target, const Ground& ground) {
        auto another = [&] { return postgres::Connection::open(target, "slipway check"); };
        ObservedScripts observed(connection, another, {ground.beginning.session});
        size_t next = 0;
        for (size_t i = history(scripts_); i < scripts_.scripts.size(); i++) {
            const ScriptToJudge& one = scripts_.scripts[i];
            if (!one.script.config.shouldExecute) continue;
            if (!one.judged) {
                observed.replay(textOf(scripts_, one.script, common_));
                continue;
            }
            JudgedScript& script = release_.scripts.at(next++);
            if (one.aside) continue;
            if (!all_ && open_ == 0) return;
            if (next == 1 || !scripts_.release) observed.settle();
            if (!settle(observed, script)) return;
        }
    }

  private:
    /// False when a statement failed, and the scripts after this one would run on something else than they expect.
    bool settle(ObservedScripts& observed, JudgedScript& script) {
        observed.begin();
        for (JudgedStatement& one : script.statements) {
            if (one.refused) return false;
            const bool wasOpen = open(one);
            try {
                const StatementEffects seen = observed.run(script.script, one.statement);
                if (all_ || wasOpen) one.effects = seen;
            } catch (const Error& error) {
                if (error.exit != Exit::no) throw;
                if (wasOpen) one.effects.why += fmt::format("; tried on an empty database, it failed: {}", error.message);
                return false;
            }
            open_ -= wasOpen;
        }
        return true;
    }

    const ScriptsToJudge& scripts_;
    const Common& common_;
    const bool all_;
    ReleaseEffects& release_;
    int64_t open_;  ///< statements whose effects are uncertain still
};

}  // namespace

void settleByObserving(const ScriptsToJudge& scripts, const Ground& ground, const Common& common, Observe observe,
                       ReleaseEffects& release, const EventSink& sink) {
    const bool always = observe == Observe::always;
    if (observe == Observe::never) return;
    if (!always && (countOpen(release) == 0 || postgres::installedMajor() != release.serverVersion)) return;
    const std::string root = scripts.project ? scripts.project->settings.root : fs::current_path().string();
    try {
        const postgres::Target server =
            postgres::openEmbedded(postgres::serverFolder(root), "postgres", [&](const std::string& text) { tell(sink, text); });
        const int version = postgres::openMaintenance(server)->serverVersion() / 10'000;
        if (version != release.serverVersion && !always) return;
        if (version != release.serverVersion)
            throw Error("observe-version", Exit::usage,
                        fmt::format("the embedded server is PostgreSQL {}, so nothing can be observed for {}", version, release.serverVersion),
                        "install that version, or leave out --observe");
        const auto clone = base(server, scripts, ground, common);
        const auto connection = postgres::Connection::open(clone->target(), "slipway check");
        Settling(scripts, common, observe, release).run(*connection, clone->target(), ground);
    } catch (const Error& error) {
        if (always || error.exit == Exit::interrupted) throw;
        tell(sink, fmt::format("note: what is uncertain could not be observed: {}", error.message));
    }
}

}  // namespace slipway::commands
