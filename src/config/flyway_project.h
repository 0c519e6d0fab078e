// A project that is configured for Flyway: what its keys mean here.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "config/keys.h"
#include "config/variables.h"

namespace slipway::config {

/// Takes Flyway's keys one by one, from whichever file, and makes Settings of them. A key that would change what
/// happens and that Slipway does not have is refused by name ("config-unsupported", usage); one that only concerns
/// Flyway's own comfort is passed over; an unknown one is refused with the nearest known ("config-unknown-key").
class FlywayProject {
  public:
    FlywayProject(std::string root, const Getenv& getenv);

    /// A key without its "flyway.".
    void set(const std::string& key, const Value& value, const Place& place);

    /// Begins [environments.NAME] of flyway.toml.
    void beginEnvironment(const std::string& name, const Place& place);

    /// A key of the environment that was begun last.
    void setInEnvironment(const std::string& key, const Value& value, const Place& place);

    /// Lets the FLYWAY_* variables override what the files said, and gives the settings.
    Settings finish();

  private:
    struct Override {
        Value value;
        Place place;
        int environments = 0;  ///< how many say the same
    };

    Expanded fill(const std::string& text, const Place& place) const;
    Value fillAll(const Value& value, const Place& place) const;
    void setConnection(Environment& environment, const std::string& key, const Value& value, const Place& place);
    void setProject(const std::string& key, const Value& value, const std::string& written, const Place& place);
    void applyVariables();
    void applyOverrides();
    Environment& defaultEnvironment();

    std::string root_;
    const Getenv& getenv_;
    Settings settings_;
    std::vector<std::pair<std::string, Override>> overrides_;  ///< project settings that environments say
    bool located_ = false;
};

/// Reads flyway.conf. `root` is where relative locations begin.
Settings readFlywayConf(const std::string& text, const std::string& shown, const std::string& root,
                        const Getenv& getenv);

/// Reads flyway.toml.
Settings readFlywayToml(const std::string& text, const std::string& shown, const std::string& root,
                        const Getenv& getenv);

}  // namespace slipway::config
