#include "store/run_log.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/files.h"

namespace slipway::store {

struct RunLog::State {
    std::string root;
    std::string name;
    std::string path;
    std::string problem;
    std::string begun;  ///< the first line, held until there is a second
    FILE* file = nullptr;
    ~State() {
        if (file) std::fclose(file);
    }
};

std::string ownFolder(const std::string& root, const std::string& name) {
    const fs::path own = fs::path(root) / ".slipway";
    std::error_code problem;
    fs::create_directories(own / name, problem);
    if (problem) return "";
    if (!fs::exists(own / ".gitignore", problem)) {
        try {
            writeFile(own / ".gitignore", "*\n");
        } catch (const std::exception&) {
            // Without it the logs show up in `git status`, and nothing worse.
        }
    }
    return (own / name).string();
}

RunLog::RunLog(const std::string& root, const std::string& name) : state_(std::make_unique<State>()) {
    state_->root = root;
    state_->name = name;
}
RunLog::~RunLog() = default;
RunLog::RunLog(RunLog&&) noexcept = default;

const std::string& RunLog::file() const { return state_->path; }
const std::string& RunLog::problem() const { return state_->problem; }

/// A JSON value, as text. Most need no escapes, and a library's value for each would take longer than all else here.
static std::string quoted(const std::string& text) {
    const bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
    return plain ? '"' + text + '"' : nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The line of an event.
static std::string lineOf(const Event& event) {
    std::string line = fmt::format(R"({{"at":"{}","event":"{}")", timestampNow(), nameOf(event.kind));
    auto give = [&line](const char* key, const std::string& value) { line += fmt::format(R"(,"{}":{})", key, value); };
    auto giveText = [&give](const char* key, const std::string& value) {
        if (!value.empty()) give(key, quoted(value));
    };
    giveText("subject", event.subject);
    giveText("file", event.file);
    if (event.line) give("line", std::to_string(event.line));
    giveText("sql", event.sql);
    giveText("severity", event.severity);
    giveText("text", event.text);
    giveText("outcome", event.outcome);
    if (event.rows >= 0) give("rows", std::to_string(event.rows));
    if (event.total) give("total", std::to_string(event.total));
    if (event.done) give("done", std::to_string(event.done));
    if (event.took.count()) give("ms", std::to_string(event.took.count()));
    if (!event.blockers.empty()) give("blockers", nlohmann::json(event.blockers).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return line + "}\n";
}

void RunLog::write(const Event& event) {
    State& state = *state_;
    if (!state.problem.empty()) return;
    std::string text = lineOf(event);
    if (event.kind == Event::Kind::runStarted && !state.file) {
        state.begun = std::move(text);  // a run that goes on to do nothing leaves no log
        return;
    }
    if (!state.file) {
        const std::string folder = ownFolder(state.root, "logs");
        if (folder.empty()) {
            state.problem = fmt::format("the run is not logged: the folder {} cannot be made", shownPath(fs::path(state.root) / ".slipway/logs"));
            return;
        }
        const std::string path = folder + "/" + state.name + ".jsonl";
        state.file = std::fopen(path.c_str(), "ae");
        if (!state.file) {
            state.problem = fmt::format("the log {} cannot be written: {}", path, std::strerror(errno));
            return;
        }
        state.path = path;
    }
    text.insert(0, std::exchange(state.begun, ""));
    if (std::fwrite(text.data(), 1, text.size(), state.file) != text.size()) state.problem = fmt::format("the log {} cannot be written: {}", state.path, std::strerror(errno));
    // Progress is worth reading while it happens, and what led to a crash afterwards; single statements are not worth a write each.
    if (event.kind != Event::Kind::statementStarted && event.kind != Event::Kind::statementFinished) std::fflush(state.file);
}

}  // namespace slipway::store
