#include "store/run_log.h"

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

/// The line of an event.
static std::string lineOf(const Event& event) {
    nlohmann::ordered_json line = {{"at", timestampNow()}, {"event", nameOf(event.kind)}};
    auto give = [&](const char* key, const std::string& value) {
        if (!value.empty()) line[key] = value;
    };
    give("subject", event.subject);
    give("file", event.file);
    if (event.line) line["line"] = event.line;
    give("sql", event.sql);
    give("severity", event.severity);
    give("text", event.text);
    give("outcome", event.outcome);
    if (event.rows >= 0) line["rows"] = event.rows;
    if (event.total) line["total"] = event.total;
    if (event.done) line["done"] = event.done;
    if (event.took.count()) line["ms"] = event.took.count();
    if (!event.blockers.empty()) line["blockers"] = event.blockers;
    return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
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
