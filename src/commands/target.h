// The database a command works on: found, connected, checked.
#pragma once

#include <memory>

#include "apply/site.h"
#include "commands/project.h"

namespace slipway::commands {

/// A connected database. Keep it where it is: sites made from it point into it.
struct Target {
    Environment environment;
    postgres::Target address;
    std::string shown;  ///< the URL for people, without its password
    std::unique_ptr<postgres::Connection> connection;
    postgres::ServerFacts facts;
    std::optional<postgres::Mark> mark;
    HistoryTable table;
    std::vector<std::string> schemas;
};

/// Whether the command will write.
enum class Access { read, write };

/// Where an environment (or --url) leads; starts the embedded server for embedded:NAME. Throws "url-password" (usage)
/// for a --url with a password in it.
postgres::Target addressOf(const Settings& settings, const Environment& environment, const Common& common, const EventSink& sink);

/// A project and the database of its environment, opened side by side: the files are read while the server makes the
/// session, which takes as long.
struct Opened {
    /// Throws what openProject() throws, and what stands in the way of the database: a standby ("standby"), a read-only
    /// target ("read-only"), a pooler that hands each transaction to another session ("pooler"), a mark of another
    /// environment ("other-environment") or of another database ("copied-mark"). `verb` shows in application_name;
    /// `adjust` may change the settings before anything else is done.
    Opened(const Common& common, const std::string& verb, Access access, const EventSink& sink,
           const std::function<void(Settings&)>& adjust = {});
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    Project project;
    Target target;
};

/// Connects to an address that is known already, such as a clone; its mark is not looked at.
Target connectTo(const Project& project, const Environment& environment, const postgres::Target& address, const std::string& verb,
                 Access access);

/// The site of a target: everything apply needs. `run` names the run.
apply::Site siteOf(const Project& project, Target& target, const std::string& run, Milliseconds wait, EventSink sink);

/// The placeholders that Slipway fills in by itself, under Flyway's names.
std::map<std::string, std::string> builtInPlaceholders(const Project& project, const Target& target);

/// Repeatables whose text holds built-in placeholders get the checksum that Flyway would store for this target.
void settleChecksums(Project& project, const Target& target);

/// Writes the environment's name into its database at the first deployment.
void markIfNew(Target& target);

}  // namespace slipway::commands
