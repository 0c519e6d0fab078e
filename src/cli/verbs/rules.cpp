#include "rules/rule.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/verb.h"

namespace slipway::cli {

namespace {

nlohmann::ordered_json jsonOf(const rules::Rule& rule) {
    nlohmann::ordered_json json{{"id", rule.id}, {"category", nameOf(rule.category)}, {"severity", nameOf(rule.severity)}, {"finds", rule.finds},
                                {"because", rule.because}, {"instead", rule.instead}};
    for (const auto& [name, examples] : {std::pair("bad", rule.bad), std::pair("good", rule.good)})
        for (const rules::Example& example : examples) json[name].push_back(example.sql);
    return json;
}

std::string listing() {
    std::string text;
    for (const Category category : {Category::safety, Category::review, Category::style}) {
        text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", nameOf(category));
        for (const rules::Rule* rule : rules::allRules())
            if (rule->category == category) text += fmt::format("  {:<34} {:<8} {}\n", rule->id, nameOf(rule->severity), rule->finds);
    }
    return text + "\n`slipway rules explain ID` says why, and what to do instead.";
}

std::string indented(const char* sql) { return "  " + replaceAll(std::string(trim(sql)), "\n", "\n  ") + "\n"; }

std::string page(const rules::Rule& rule) {
    std::string text = fmt::format("{} ({}, {})\n\n{}.\n\nWhy: {}\n\nInstead: {}\n", rule.id, nameOf(rule.category), nameOf(rule.severity), rule.finds, rule.because, rule.instead);
    text += "\nFound:\n";
    for (const rules::Example& example : rule.bad) text += indented(example.sql);
    text += "\nNot found:\n";
    for (const rules::Example& example : rule.good) text += indented(example.sql);
    return text + fmt::format("\nTo ignore it for one statement, write before it:\n  -- slipway:ignore {}: <reason>", rule.id);
}

const rules::Rule& ruleOf(const std::string& id) {
    if (const rules::Rule* rule = rules::findRule(id)) return *rule;
    throw Error("rule-unknown", Exit::usage, fmt::format("there is no rule '{}'", id), rules::hintForRule(id));
}

}  // namespace

static std::function<int()> prepare(CLI::App& app, Terminal& terminal) {
    auto explained = std::make_shared<std::string>();
    CLI::Option* const action = app.add_option("ACTION", "explain: why a rule is there, what to do instead, and examples")->check(CLI::IsMember({"explain"}));
    action->needs(app.add_option("ID", *explained, "the rule, as `slipway rules` shows it"));
    app.add_option_function<std::string>("--format", [&terminal](const std::string& format) { terminal.json = format == "json"; },
                                         "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("FORMAT");
    return [explained, &terminal] {
        if (!explained->empty()) {
            const rules::Rule& rule = ruleOf(*explained);
            terminal.line(terminal.json ? jsonOf(rule).dump(2) : page(rule));
            return 0;
        }
        if (!terminal.json) {
            terminal.line(listing());
            return 0;
        }
        auto all = nlohmann::ordered_json::array();
        for (const rules::Rule* rule : rules::allRules()) all.push_back(jsonOf(*rule));
        terminal.line(nlohmann::ordered_json{{"slipway", 1}, {"rules", all}}.dump(2));
        return 0;
    };
}

extern const Verb verb_rules = {"rules", "1. Everyday", "lists what `check` looks for, and explains it",
                                "Each rule is about safety (locks, loss, failure at run time), review (headers, rollbacks, process) or style.\n\nExample:\n  slipway "
                                "rules\n  slipway rules explain set-not-null-scan",
                                prepare};

}  // namespace slipway::cli
