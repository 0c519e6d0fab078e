#include "cli/options.h"

#include <CLI/CLI.hpp>

namespace slipway::cli {

void addProject(CLI::App& app, commands::Common& common) {
    app.add_option("--project", common.folder, "the project's folder (default: here, or the nearest one above with a configuration)")->type_name("FOLDER");
    app.add_option("--config", common.configFile, "the configuration file: slipway.toml, flyway.toml or flyway.conf")->type_name("FILE");
}

void addDatabase(CLI::App& app, commands::Common& common) {
    app.add_option("--env", common.environment, "the environment (default: the first one)")->type_name("NAME");
    app.add_option("--url", common.url, "another database than the environment's; no password in it")->type_name("URL");
}

void addCommon(CLI::App& app, commands::Common& common, Terminal& terminal, bool database) {
    addProject(app, common);
    if (database) addDatabase(app, common);
    app.add_option_function<std::string>("--format", [&terminal](const std::string& format) { terminal.json = terminal.document = format == "json"; },
                                         "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
}

CLI::Option* addDuration(CLI::App& app, const std::string& name, std::optional<Milliseconds>& into, const std::string& help) {
    return app.add_option_function<std::string>(name, [&into, name](const std::string& text) {
        into = parseDuration(text);
        if (!into) throw CLI::ValidationError(name, "'" + text + "' is no duration; write 500ms, 30s, 5m or 1h");
    }, help)->type_name("TIME");
}

void printWarnings(const std::vector<std::string>& warnings, Terminal& terminal) {
    for (const std::string& warning : warnings) terminal.note("warning: " + warning);
}

}  // namespace slipway::cli
