// Every fix on a real server: it ends where the original ends, blocks nobody on its way, and can be taken back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/text.h"
#include "commands/fix.h"
#include "engines/engine.h"
#include "rules/rule.h"
#include "support/database.h"
#include "support/folder.h"

namespace slipway::tests {

namespace {

using postgres::Connection;

struct Case {
    const rules::Rule* rule;
    const rules::Example* example;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const rules::Rule* rule : rules::allRules())
        if (rule->fix)
            for (const rules::Example& example : rule->bad)
                if (example.serverVersion == 15 && std::string_view(example.sql).find("-- file:") == std::string_view::npos && std::string_view(example.sql).find("DO $$") == std::string_view::npos)
                    all.push_back({rule, &example});
    return all;
}

class RuleFixes : public testing::TestWithParam<Case> {
  protected:
    RuleFixes() {
        folder_.write("flyway.conf", "flyway.locations=filesystem:sql\n");
        folder_.write("sql/V1__schema.sql", rules::exampleSchema());
        folder_.write("sql/V2__example.sql", GetParam().example->sql);
        request_.since = "1";
        request_.serverVersion = 15;
        request_.observe = commands::Observe::never;
    }

    /// The scripts V2 and later, in order; or the undo scripts, last first.
    std::vector<std::string> scripts(char prefix) const {
        std::vector<std::pair<Version, std::string>> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path("sql"))) {
            const std::string name = entry.path().filename().string();
            if (name[0] != prefix) continue;
            const auto version = Version::parse(name.substr(1, name.find("__") - 1));
            if (*Version::parse("1") < *version) found.emplace_back(*version, readFile(entry.path()));
        }
        std::ranges::sort(found, {}, [](const auto& each) { return each.first; });
        if (prefix == 'U') std::ranges::reverse(found);
        std::vector<std::string> texts;
        for (auto& [version, text] : found) texts.push_back(text);
        return texts;
    }

    static ScriptText asScript(const std::string& sql) {
        ScriptText script;
        script.text = sql;
        return script;
    }

    static void run(Connection& connection, const std::string& sql) {
        const ScriptText script = asScript(sql);
        for (const postgres::Piece& piece : postgres::split(script)) connection.run(std::string(piece.span.of(script.text)));
    }

    /// Each statement by itself, with what it was seen to do.
    static std::vector<std::string> blocking(Connection& connection, const Database& database, const std::string& sql) {
        std::vector<std::string> found;
        const ScriptText script = asScript(sql);
        postgres::Observer observer(connection, [&] { return database.connect(); });
        for (const Statement& statement : postgres::parse(script))
            for (const Effect& effect : observer.observe(statement, statement.span.of(script.text)).effects.effects)
                // A materialized view has readers only, whom EXCLUSIVE leaves alone.
                if (*blockedBy(effect.lock) && !(effect.kind == RelationKind::materializedView && effect.lock == LockMode::exclusive) && (effect.scans || effect.rewrites || effect.rebuilds))
                    found.push_back(fmt::format("{} takes {} on {}", statement.span.of(script.text), nameOf(effect.lock), effect.relation));
        return found;
    }

    Folder folder_;
    commands::CheckRequest request_;
};

TEST_P(RuleFixes, EndsWhereTheOriginalEnds) {
    const std::string original = GetParam().example->sql;
    commands::Fixes fixes = commands::fix(request_, {});
    commands::write(fixes);
    const bool changed = std::ranges::any_of(fixes.files, [](const commands::FixedFile& file) { return file.shown.ends_with("V2__example.sql"); });
    if (!changed) {  // the first example of each rule that has a fix can be fixed
        EXPECT_NE(GetParam().example, &GetParam().rule->bad.front()) << original;
        return;
    }

    Database base, plain, fixed;
    for (Database* each : {&base, &plain, &fixed}) run(*each->connect(), rules::exampleSchema());
    run(*plain.connect(), original);
    const auto connection = fixed.connect();
    std::string all;
    for (const std::string& script : scripts('V')) {
        all += script + "\n";
        EXPECT_THAT(blocking(*connection, fixed, script), testing::IsEmpty());
    }
    auto differences = compare(postgres::inspect(*plain.connect()), postgres::inspect(*fixed.connect()));
    // Detached concurrently, a partition keeps its bound as a check (manual, ALTER TABLE, DETACH PARTITION).
    if (GetParam().rule->id == std::string_view("detach-not-concurrent")) std::erase_if(differences, [](const Difference& each) { return each.kind == "constraint"; });
    EXPECT_THAT(differences, testing::IsEmpty()) << original << "\nbecame\n" << all;

    const ReleaseEffects again = commands::check(request_, {});
    for (const JudgedScript& script : again.scripts)
        for (const Finding& each : script.findings) EXPECT_NE(each.rule, GetParam().rule->id) << all;

    // The way back: the undo scripts that fix wrote, if the original's could be derived.
    const auto undos = scripts('U');
    if (undos.size() != scripts('V').size()) return;
    for (const std::string& undo : undos) run(*connection, undo);
    EXPECT_THAT(compare(postgres::inspect(*base.connect()), postgres::inspect(*fixed.connect())), testing::IsEmpty()) << all << "\ntaken back by\n" << join(undos, "\n");
}

INSTANTIATE_TEST_SUITE_P(Each, RuleFixes, testing::ValuesIn(cases()), [](const auto& tested) {
    std::string name = fmt::format("{}_{}", tested.param.rule->id, tested.param.example - tested.param.rule->bad.data());
    std::ranges::replace(name, '-', '_');
    return name;
});

}  // namespace

}  // namespace slipway::tests
