#include "commands/against.h"

#include <algorithm>

#include "analysis/view.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "changelogs/flyway_names.h"
#include "changelogs/updown_names.h"
#include "outside/git.h"

namespace slipway::commands {

namespace {

class Comparing {
  public:
    Comparing(const Project& project, const std::string& base) : project_(project), git_(fs::absolute(project.settings.root.empty() ? "." : project.settings.root).string()) {
        branch_.base = base;
        baseCommit_ = git_.commit(base);
        parted_ = git_.mergeBase(git_.commit("HEAD"), baseCommit_);
        for (const std::string& location : project.settings.project.locations) locations_.push_back(fs::weakly_canonical(location));
    }

    Branch run() {
        for (const outside::GitChange& change : git_.changes(parted_)) own(change);
        for (const std::string& name : git_.openBranches(baseCommit_)) other(name);
        return std::move(branch_);
    }

  private:
    /// The path relative to the location that it lies in; "" when it lies in none.
    std::string within(const std::string& path) const {
        const fs::path file = fs::weakly_canonical(fs::path(git_.top()) / path);
        for (const fs::path& location : locations_) {
            const fs::path relative = file.lexically_relative(location);
            if (!relative.empty() && *relative.begin() != "..") return relative.string();
        }
        return "";
    }

    /// The version of a forward script; "" for anything else.
    std::string versionOf(const std::string& path) const {
        const std::string name = within(path);
        if (name.empty()) return "";
        if (project_.layout->ownHistory) {
            const auto pair = changelogs::parsePairName(name);
            return pair && pair->up ? pair->version.text() : "";
        }
        const changelogs::NameGrammar grammar(project_.settings.project);
        const auto stem = grammar.stem(fs::path(name).filename().string());
        std::string why;
        const auto parsed = stem ? grammar.parse(*stem, why) : std::nullopt;
        return parsed && parsed->kind == changelogs::ScriptName::Kind::versioned && parsed->version ? parsed->version->text() : "";
    }

    void own(const outside::GitChange& change) {
        const fs::path full = fs::path(git_.top()) / change.path;
        if (within(change.path).empty()) return;
        if (change.kind == 'A') {
            branch_.added.insert(fs::weakly_canonical(full).string());
            return;
        }
        const std::string version = versionOf(change.path);
        if (version.empty()) return;  // a repeatable or an undo script may change
        Finding finding{.severity = Severity::error, .file = shownPath(full.string()), .category = Category::review};
        const std::string author = git_.author(parted_ + "..HEAD", change.path);
        const std::string by = author.empty() ? "" : fmt::format(" by {}", author);
        finding.rule = change.kind == 'D' ? "applied-file-deleted" : "applied-file-changed";
        finding.message = fmt::format("{} has this migration, and it is {}{} here: databases that ran it keep what it was", branch_.base, change.kind == 'D' ? "deleted" : "changed", by);
        finding.help = "take the change back, and write a new migration instead";
        branch_.findings.push_back(std::move(finding));
    }

    void other(const std::string& name) {
        const std::string commit = git_.commit(name);
        std::string parted;
        try {
            parted = git_.mergeBase(commit, baseCommit_);
        } catch (const Error&) {
            return;  // an orphan, such as gh-pages
        }
        for (const outside::GitChange& change : git_.changes(parted, commit)) {
            const std::string version = versionOf(change.path);
            if (change.kind != 'A' || version.empty()) continue;
            branch_.elsewhere.push_back({name, git_.author(parted + ".." + commit, change.path), change.path, version, git_.file(commit, change.path)});
        }
    }

    const Project& project_;
    const outside::Git git_;
    std::string baseCommit_, parted_;
    std::vector<fs::path> locations_;
    Branch branch_;
};

/// Tables that were there before and that the script locks against everybody.
std::set<std::string> tablesAltered(const JudgedScript& script) {
    std::set<std::string> tables;
    for (const JudgedStatement& one : script.statements)
        for (const Effect& effect : one.effects.effects)
            if (effect.lock >= LockMode::shareRowExclusive && analysis::holdsRows(effect)) tables.insert(effect.relation);
    return tables;
}

std::string whose(const Elsewhere& elsewhere) { return elsewhere.author.empty() ? elsewhere.branch : fmt::format("{} ({})", elsewhere.branch, elsewhere.author); }

}  // namespace

Branch branchAgainst(const Project& project, const std::string& base) { return Comparing(project, base).run(); }

void compareWithElsewhere(const Branch& branch, const std::function<std::set<std::string>(const Elsewhere&)>& tablesOf, ReleaseEffects& release) {
    for (const Elsewhere& elsewhere : branch.elsewhere) {
        const auto version = Version::parse(elsewhere.version);
        const std::set<std::string> tables = tablesOf(elsewhere);
        for (JudgedScript& script : release.scripts) {
            if (!script.migration || !script.migration->version) continue;
            const auto add = [&](const char* rule, Severity severity, std::string message, std::string help) {
                script.findings.push_back({.rule = rule, .severity = severity, .file = script.script.file, .message = std::move(message), .help = std::move(help), .category = Category::review});
            };
            if (version == script.migration->version && elsewhere.text != script.script.text)
                add("version-taken", Severity::error, fmt::format("version {} is also {} of {}", script.migration->version->text(), elsewhere.file, whose(elsewhere)),
                    "agree on who goes first; `slipway new` numbers by time, so that this does not happen");
            for (const std::string& table : tablesAltered(script))
                if (tables.contains(table))
                    add("table-elsewhere", Severity::warning, fmt::format("{} of {} alters {}, too", elsewhere.file, whose(elsewhere), table), "see with its author what happens when both are released");
        }
    }
}

}  // namespace slipway::commands
