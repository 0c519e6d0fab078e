#include "config/slipway_toml.h"

#include "base/text.h"
#include "config/locations.h"
#include "config/toml_file.h"
#include "config/variables.h"

namespace slipway::config {

namespace {

/// What later versions will enforce. A file that says it today would promise a protection that is not there.
bool isOfALaterVersion(const std::string& key) {
    static const std::vector<std::string> keys = {"approvals", "window", "max_exclusive_lock", "off_hours_over",
                                                  "big_table"};
    return std::ranges::find(keys, key) != keys.end();
}

Error unknown(const TomlEntry& entry, const std::vector<std::string>& known) {
    if (isOfALaterVersion(entry.key))
        return configError("config-unknown-key",
                           fmt::format("this version of Slipway does not enforce '{}'", entry.key),
                           "remove it: a rule that stands in the file must also hold", entry.place);
    return unknownKey(entry.key, known, entry.place);
}

Milliseconds toDuration(const TomlEntry& entry) {
    const Value value = toValue(entry);
    const auto* text = std::get_if<std::string>(&value);
    const auto* seconds = std::get_if<int64_t>(&value);
    const std::optional<Milliseconds> duration = text != nullptr      ? parseDuration(*text)
                                                 : seconds != nullptr ? parseDuration(std::to_string(*seconds))
                                                                      : std::nullopt;
    if (!duration) throw wrongValue(entry.key, "a duration such as \"500ms\", \"2s\" or \"5min\"", entry.place);
    return *duration;
}

class Reader {
  public:
    Reader(const std::string& shown, const std::string& root, const Getenv& getenv) : shown_(shown), getenv_(getenv) {
        settings_.root = root;
    }

    Settings read(const toml::table& file) {
        for (const TomlEntry& entry : inOrder(file, shown_)) {
            if (entry.key == "project")
                readProject(asTable(entry));
            else if (entry.key == "environments")
                for (const TomlEntry& environment : inOrder(asTable(entry), shown_)) readEnvironment(environment);
            else if (entry.key == "rules")
                settings_.rules = readRules(entry);
            else
                throw unknown(entry, {"project", "environments", "rules"});
        }
        return std::move(settings_);
    }

  private:
    void readProject(const toml::table& table) {
        ProjectSettings& project = settings_.project;
        for (const TomlEntry& entry : inOrder(table, shown_)) {
            if (entry.key == "placeholders") {
                for (const TomlEntry& placeholder : inOrder(asTable(entry), shown_)) readPlaceholder(placeholder);
                continue;
            }
            if (entry.key == "lock_wait") {
                const Value wait = toValue(entry);
                const bool forEver = wait == Value("forever");
                project.lockRetryCount =
                    forEver ? -1 : static_cast<int>((toDuration(entry) + Milliseconds(999)) / Milliseconds(1000));
                continue;
            }
            const Value value = expandAll(toValue(entry), getenv_, entry.place);
            if (entry.key == "migrations" || entry.key == "callback_locations") {
                std::vector<std::string>& folders =
                    entry.key == "migrations" ? project.locations : project.callbackLocations;
                const auto* one = std::get_if<std::string>(&value);
                for (const std::string& folder : one != nullptr ? std::vector{*one} : toList(value))
                    folders.push_back(absolutePath(settings_.root, folder));
                if (folders.empty()) throw wrongValue(entry.key, "a folder or a list of folders", entry.place);
            } else if (entry.key == "layout") {
                assign(project, {"layout", &ProjectSettings::layout}, value, entry.key, entry.place);
            } else {
                const auto key =
                    std::ranges::find_if(projectKeys(), [&](const Key& k) { return snakeCase(k.name) == entry.key; });
                if (key == projectKeys().end() || entry.key == "lock_retry_count") throw unknown(entry, projectNames());
                assign(project, *key, value, entry.key, entry.place);
            }
        }
    }

    static std::vector<std::string> projectNames() {
        std::vector<std::string> names = {"migrations", "callback_locations", "layout", "lock_wait", "placeholders"};
        for (const Key& key : projectKeys())
            if (std::string_view(key.name) != "lockRetryCount") names.push_back(snakeCase(key.name));
        return names;
    }

    void readPlaceholder(const TomlEntry& entry) {
        settings_.project.placeholders[lower(entry.key)] =
            toText(expandAll(toValue(entry), getenv_, entry.place), entry.key, entry.place);
    }

    void readEnvironment(const TomlEntry& table) {
        static const std::vector<std::string> known = {
            "url", "user", "lock_timeout", "statement_timeout", "lock_budget", "connect_retries", "rules"};
        Environment environment{.name = table.key, .line = table.place.line};
        for (const TomlEntry& entry : inOrder(asTable(table), shown_)) {
            if (entry.key == "url")
                environment.url = readUrl(entry, environment);
            else if (entry.key == "user")
                environment.user = fill(entry, environment).text;
            else if (entry.key == "lock_timeout")
                environment.timeouts.lock = toDuration(entry);
            else if (entry.key == "statement_timeout")
                environment.timeouts.statement = toDuration(entry);
            else if (entry.key == "lock_budget")
                environment.timeouts.lockBudget = toDuration(entry);
            else if (entry.key == "connect_retries")
                environment.connectRetries = readRetries(entry);
            else if (entry.key == "rules")
                environment.rules = readRules(entry);
            else if (entry.key == "password")
                throw passwordRefused(entry);
            else
                throw unknown(entry, known);
        }
        if (environment.url.empty() && environment.missingVariable.empty())
            throw configError("config-value", fmt::format("the environment '{}' has no url", table.key),
                              fmt::format("add url = \"${{{}_DB_URL}}\", or url = \"embedded:{}\" for a private server",
                                          upper(table.key), table.key),
                              table.place);
        settings_.environments.push_back(std::move(environment));
    }

    static Error passwordRefused(const TomlEntry& entry) {
        return configError(
            "config-password", "a password must not stand in slipway.toml",
            "take it out of the file (and out of Git's history): write the url as \"${NAME}\" and set that variable "
            "of the environment, or keep the password in a passfile (~/.pgpass)",
            entry.place);
    }

    Expanded fill(const TomlEntry& entry, Environment& environment) const {
        const Value value = toValue(entry);
        const auto* text = std::get_if<std::string>(&value);
        if (text == nullptr) throw wrongValue(entry.key, "a text in quotes", entry.place);
        Expanded expanded = expand(*text, getenv_, entry.place);
        if (environment.missingVariable.empty()) environment.missingVariable = expanded.missing;
        return expanded;
    }

    std::string readUrl(const TomlEntry& entry, Environment& environment) const {
        if (entry.node->is_string() && holdsPassword(*entry.node->value<std::string>())) throw passwordRefused(entry);
        const Expanded expanded = fill(entry, environment);
        environment.urlFromVariable = expanded.used;
        return expanded.text;
    }

    /// Which rules there are the file cannot know: whoever judges says so.
    std::map<std::string, std::string> readRules(const TomlEntry& table) const {
        std::map<std::string, std::string> rules;
        for (const TomlEntry& entry : inOrder(asTable(table), shown_)) {
            const Value value = toValue(entry);
            const auto* text = std::get_if<std::string>(&value);
            if (text == nullptr || (*text != "error" && *text != "warning" && *text != "note" && *text != "off"))
                throw wrongValue(entry.key, "\"error\", \"warning\", \"note\" or \"off\"", entry.place);
            rules[entry.key] = *text;
        }
        return rules;
    }

    static int readRetries(const TomlEntry& entry) {
        const Value value = toValue(entry);
        const auto* number = std::get_if<int64_t>(&value);
        if (number == nullptr || *number < 0 || *number > 100'000)
            throw wrongValue(entry.key, "a number from 0 to 100000", entry.place);
        return static_cast<int>(*number);
    }

    const std::string& shown_;
    const Getenv& getenv_;
    Settings settings_;
};

}  // namespace

Settings readSlipwayToml(const std::string& text, const std::string& shown, const std::string& root,
                         const Getenv& getenv) {
    return Reader(shown, root, getenv).read(parseToml(text, shown));
}

}  // namespace slipway::config
