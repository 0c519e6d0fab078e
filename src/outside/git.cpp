#include "outside/git.h"

#include <algorithm>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"

namespace slipway::outside {

namespace {

std::vector<std::string> linesOf(const std::string& text, char separator = '\n') {
    std::vector<std::string> lines;
    for (std::string& line : split(text, separator))
        if (!line.empty()) lines.push_back(std::move(line));
    return lines;
}

}  // namespace

Git::Git(const std::string& folder) : folder_(folder) {
    std::string output;
    if (!tell({"rev-parse", "--show-toplevel"}, output))
        throw Error("git-none", Exit::usage, fmt::format("{} lies in no Git repository", folder), "run it in a checkout, or leave out --against");
    top_ = trim(output);
}

bool Git::tell(const std::vector<std::string>& arguments, std::string& output) const {
    Program program{.arguments = {"git", "-c", "core.quotePath=false"}, .folder = folder_};
    program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
    // Nobody may ask for a password here, and messages are read.
    program.environment = environment({}, {{"GIT_TERMINAL_PROMPT", "0"}, {"LC_ALL", "C"}, {"GIT_OPTIONAL_LOCKS", "0"}});
    try {
        const Outcome outcome = run(program);
        output = outcome.ok() ? outcome.output : outcome.errors;
        return outcome.ok();
    } catch (const Error& error) {
        if (error.code != "program-missing") throw;
        throw Error("git-missing", Exit::outside, "git is not installed here", "install it, or leave out --against");
    }
}

std::string Git::ask(const std::vector<std::string>& arguments) const {
    std::string output;
    if (!tell(arguments, output))
        throw Error("git-failed", Exit::outside, fmt::format("git {} failed: {}", arguments.front(), trim(lastLines(output, 1))), "see what git says of this checkout");
    return output;
}

std::string Git::commit(const std::string& name) const {
    std::string output;
    if (!name.starts_with('-') && tell({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"}, output)) return std::string(trim(output));
    const auto known = linesOf(ask({"for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"}));
    const std::string near = nearest(name, known);
    throw Error("git-unknown", Exit::usage, fmt::format("there is no branch, tag or commit '{}' here", name),
                near.empty() ? "fetch it first (git fetch origin); a shallow checkout may lack it (in CI: fetch-depth: 0)" : fmt::format("did you mean '{}'?", near));
}

std::string Git::mergeBase(const std::string& one, const std::string& other) const {
    std::string output;
    if (tell({"merge-base", one, other}, output)) return std::string(trim(output));
    if (trim(ask({"rev-parse", "--is-shallow-repository"})) == "true")
        throw Error("git-shallow", Exit::usage, "this checkout is shallow: it does not reach back to where the branches part",
                    "fetch the rest: git fetch --unshallow (in a GitHub workflow: fetch-depth: 0)");
    throw Error("git-unrelated", Exit::usage, fmt::format("{} and {} have no commit in common", one.substr(0, 12), other.substr(0, 12)), "compare with the branch that this one will be merged into");
}

std::vector<GitChange> Git::changes(const std::string& base, const std::string& commit) const {
    std::vector<std::string> arguments{"diff", "--name-status", "--no-renames", "-z", base};
    if (!commit.empty()) arguments.push_back(commit);
    std::vector<GitChange> found;
    const auto fields = linesOf(ask(arguments), '\0');
    for (size_t i = 0; i + 1 < fields.size(); i += 2) found.push_back({fields[i][0] == 'T' ? 'M' : fields[i][0], fields[i + 1]});
    if (!commit.empty()) return found;
    for (const std::string& path : linesOf(ask({"ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"}), '\0')) found.push_back({'A', path});
    return found;
}

std::vector<std::string> Git::openBranches(const std::string& base) const {
    std::string current;
    tell({"symbolic-ref", "--quiet", "--short", "HEAD"}, current);
    const std::string own(trim(current)), head(trim(ask({"rev-parse", "HEAD"})));
    std::vector<std::string> open;
    std::vector<std::string> seen;
    for (const std::string& line : linesOf(ask({"for-each-ref", "--format=%(refname:short) %(objectname)", "--no-merged", base, "refs/remotes", "refs/heads"}))) {
        const size_t space = line.find(' ');
        const std::string name = line.substr(0, space), commit = line.substr(space + 1);
        const bool mine = name == own || (!own.empty() && name.ends_with("/" + own)) || commit == head;
        if (mine || name.ends_with("/HEAD") || std::ranges::find(seen, commit) != seen.end()) continue;
        seen.push_back(commit);
        open.push_back(name);
    }
    return open;
}

std::string Git::file(const std::string& commit, const std::string& path) const { return ask({"show", commit + ":" + path}); }

std::string Git::author(const std::string& range, const std::string& path) const {
    return std::string(trim(ask({"log", "-1", "--format=%an", range, "--", ":/" + path})));
}

}  // namespace slipway::outside
