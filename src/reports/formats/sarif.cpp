// SARIF 2.1.0 (OASIS standard, "Static Analysis Results Interchange Format"), with what GitHub's code scanning requires
// of it (docs.github.com, "SARIF support for code scanning").
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reports/format.h"
#include "reports/placed.h"
#include "reports/portable_path.h"

namespace slipway::reports {

namespace {

using Json = nlohmann::ordered_json;

/// "unknown-object" as a sentence's beginning: "Unknown object".
std::string titleOf(const std::string& rule) {
    std::string title = replaceAll(rule, "-", " ");
    return upper(title.substr(0, 1)) + title.substr(std::min<size_t>(1, title.size()));
}

/// A result refers to its rule by id and by the rule's place in this list.
class Rules {
  public:
    explicit Rules(const Presentation& as) : as_(as) {}

    size_t indexOf(const Finding& finding) {
        const auto [known, isNew] = indexes_.try_emplace(finding.rule, list_.size());
        if (!isNew) return known->second;
        Json rule = {{"id", finding.rule}, {"shortDescription", {{"text", titleFor(finding.rule)}}}, {"help", {{"text", finding.help}}}};
        if (!as_.docsUrl.empty()) rule["helpUri"] = as_.docsUrl + (isRule(finding.rule) ? "/reference/rules.md#" + finding.rule : "/reference/error-codes.md#findings");
        rule["defaultConfiguration"] = {{"level", nameOf(finding.severity)}};
        if (finding.category != Category::none) rule["properties"] = {{"tags", {nameOf(finding.category)}}};
        list_.push_back(std::move(rule));
        return known->second;
    }

    bool isRule(const std::string& id) const { return as_.finds && !as_.finds(id).empty(); }
    std::string titleFor(const std::string& id) const { return isRule(id) ? as_.finds(id) : titleOf(id); }

    Json take() { return std::move(list_); }

  private:
    const Presentation& as_;
    std::map<std::string, size_t> indexes_;
    Json list_ = Json::array();
};

Json locationOf(const JudgedScript& script, const Finding& finding) {
    const std::string uri = uriOf(finding.file.empty() ? script.script.file : finding.file);
    Json artifact = {{"uri", uri}};
    if (!uri.starts_with("file:")) artifact["uriBaseId"] = "%SRCROOT%";
    Json region = {{"startLine", std::max(finding.line, 1)}};  // GitHub refuses a result without a line
    if (finding.line > 0 && finding.column > 0) region["startColumn"] = finding.column;
    return {{"physicalLocation", {{"artifactLocation", artifact}, {"region", region}}}};
}

Json resultOf(const JudgedScript& script, const Finding& finding, size_t ruleIndex, std::string fingerprint) {
    std::string text = finding.message;
    if (!finding.help.empty()) text += "\nHint: " + finding.help;
    Json result = {{"ruleId", finding.rule}, {"ruleIndex", ruleIndex}, {"level", nameOf(finding.severity)}, {"message", {{"text", text}}}};
    result["locations"] = Json::array({locationOf(script, finding)});
    result["partialFingerprints"] = {{"slipway/v1", std::move(fingerprint)}};
    if (finding.ground != Ground::none) result["properties"] = {{"ground", nameOf(finding.ground)}};
    return result;
}

void writeSarif(const ReleaseEffects& release, const Presentation& as, const LineSink& write) {
    Rules rules(as);
    Json results = Json::array();
    for (const JudgedScript& script : release.scripts) {
        if (script.findings.empty()) continue;
        const FileLines lines(fileText(script.script));
        Fingerprints fingerprints(script.script, lines);
        for (const Placed& one : placed(script, lines))
            for (const Finding* finding : one.findings)
                results.push_back(resultOf(script, *finding, rules.indexOf(*finding), fingerprints.of(one, *finding)));
    }
    Json driver = {{"name", "Slipway"}, {"version", as.version}};
    if (!as.docsUrl.empty()) driver["informationUri"] = as.docsUrl;
    driver["rules"] = rules.take();
    const Json run = {{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
    const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
    write(document.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

extern const Format format_sarif = {"sarif", "SARIF 2.1.0, for code scanning and editors", writeSarif};

}  // namespace slipway::reports
