#include "commands/embedded.h"

#include "base/error.h"
#include "base/files.h"
#include "engines/engine.h"

namespace slipway::commands {

namespace {

/// The server belongs to the project's folder, which is known even where no project can be read.
postgres::ServerFolder folderOf(const Common& common) {
    try {
        return postgres::serverFolder(openSettings(common).root);
    } catch (const Error& error) {
        if (error.code != "no-project") throw;
        return postgres::serverFolder(common.folder.empty() ? fs::current_path().string() : fs::absolute(common.folder).string());
    }
}

EmbeddedStatus describe(const postgres::ServerFolder& folder) {
    const postgres::ServerStatus status = postgres::serverStatus(folder);
    EmbeddedStatus told{status.running, status.version, status.data, status.socket, status.postmaster};
    told.text = status.running ? fmt::format("The embedded server runs: PostgreSQL {}, process {}, socket in {}, data in {}", status.version, status.postmaster, status.socket, status.data)
                               : "The embedded server does not run; the next command that needs it starts it.";
    return told;
}

}  // namespace

EmbeddedStatus embeddedStatus(const Common& common) { return describe(folderOf(common)); }

EmbeddedStatus stopEmbedded(const Common& common) {
    const auto folder = folderOf(common);
    const bool ran = postgres::stopServer(folder);
    EmbeddedStatus told = describe(folder);
    told.text = ran ? "Stopped the embedded server." : "The embedded server did not run.";
    return told;
}

EmbeddedStatus removeEmbedded(const Common& common) {
    const auto folder = folderOf(common);
    postgres::removeServer(folder);
    EmbeddedStatus told = describe(folder);
    told.text = "Removed the embedded server and the data of its databases.";
    return told;
}

std::string embeddedUrl(const Common& common, const std::string& name, const EventSink& sink) {
    return postgres::openEmbedded(folderOf(common), name, [&](const std::string& text) {
        Event told{Event::Kind::message};
        told.text = text;
        if (sink) sink(told);
    }).url;
}

int superviseEmbedded(const std::string& folder) { return postgres::supervise(folder); }

}  // namespace slipway::commands
