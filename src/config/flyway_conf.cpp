#include "base/files.h"
#include "base/properties.h"
#include "base/text.h"
#include "config/flyway_keys.h"
#include "config/flyway_project.h"

namespace slipway::config {

Settings readFlywayConf(const std::string& text, const std::string& shown, const std::string& root,
                        const Getenv& getenv) {
    constexpr std::string_view prefix = "flyway.";
    checkText(text, shown);
    FlywayProject project(root, getenv);
    for (const Property& property : parseProperties(text)) {
        const Place place{shown, property.line, 1};
        if (!property.key.starts_with(prefix)) {
            std::vector<std::string> names = flywayKeys();
            for (std::string& name : names) name = std::string(prefix) + name;
            throw unknownKey(property.key, names, place);
        }
        project.set(property.key.substr(prefix.size()), property.value, place);
    }
    return project.finish();
}

}  // namespace slipway::config
