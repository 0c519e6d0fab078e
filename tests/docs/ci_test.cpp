// What code hosts run: well-formed, complete, and with no option that the program does not have.
#include <gmock/gmock.h>
#include <yaml-cpp/yaml.h>

#include "docs/pages.h"
#include "support/program.h"

using namespace slipway::tests;
using testing::Contains;
using testing::IsSupersetOf;

namespace {

std::set<std::string> keysOf(const YAML::Node& map) {
    std::set<std::string> keys;
    for (const auto& entry : map) keys.insert(entry.first.as<std::string>());
    return keys;
}

/// The ```yaml blocks of a page.
std::vector<std::string> yamlBlocks(const std::string& page) {
    std::vector<std::string> blocks;
    for (size_t at = page.find("```yaml\n"); at != std::string::npos; at = page.find("```yaml\n", at + 1)) {
        const size_t begin = at + 8;
        blocks.push_back(page.substr(begin, page.find("```", begin) - begin));
    }
    return blocks;
}

/// The inputs that a section of the page tells.
std::set<std::string> inputsOf(const std::string& section) { return documented(readSource("docs/ci.md"), section); }

}  // namespace

TEST(Ci, TheActionIsOne) {
    const YAML::Node action = YAML::Load(readSource("action.yml"));
    for (const char* key : {"name", "description", "inputs", "outputs", "runs"}) EXPECT_TRUE(action[key]) << key;
    EXPECT_EQ(action["runs"]["using"].as<std::string>(), "composite");
    const std::string script = readSource("script/github-action");
    for (const YAML::Node& step : action["runs"]["steps"]) {
        EXPECT_EQ(step["shell"].as<std::string>(), "bash") << "a composite action's steps have to name it";
        for (const auto& variable : step["env"]) {
            const auto name = variable.first.as<std::string>();
            EXPECT_TRUE(name == "SLIPWAY_ACTION" || script.find(name) != std::string::npos) << name << " is passed, but not read";
        }
    }
    std::set<std::string> used = caught(readSource("action.yml"), R"~(\$\{\{ inputs\.(\w+) \}\})~");
    EXPECT_EQ(used, keysOf(action["inputs"]));
    EXPECT_EQ(inputsOf("GitHub"), keysOf(action["inputs"]));
}

TEST(Ci, TheComponentIsOne) {
    const std::string text = readSource("templates/slipway-check.yml");
    const std::vector<YAML::Node> parts = YAML::LoadAll(text);
    ASSERT_EQ(parts.size(), 2u) << "a header and a configuration";
    EXPECT_EQ(caught(text, R"~(\$\[\[ inputs\.(\w+) \]\])~"), keysOf(parts[0]["spec"]["inputs"]));
    EXPECT_EQ(inputsOf("GitLab"), keysOf(parts[0]["spec"]["inputs"]));
    ASSERT_EQ(parts[1].size(), 1u);
    const YAML::Node job = parts[1].begin()->second;
    const auto script = job["script"][0].as<std::string>();
    EXPECT_EQ(script.find('\n'), std::string::npos) << script;
    for (const auto& report : job["artifacts"]["reports"])
        EXPECT_NE(script.find(report.first.as<std::string>() + "=" + report.second.as<std::string>()), std::string::npos)
            << "the job writes no " << report.first;
}

TEST(Ci, TheExamplesAreYaml) {
    const auto blocks = yamlBlocks(readSource("docs/ci.md"));
    ASSERT_EQ(blocks.size(), 2u);
    const YAML::Node workflow = YAML::Load(blocks[0]), pipeline = YAML::Load(blocks[1]);
    const YAML::Node action = YAML::Load(readSource("action.yml"));
    EXPECT_THAT(keysOf(action["inputs"]), IsSupersetOf(keysOf(workflow["jobs"]["check"]["steps"][2]["with"])));
    const YAML::Node component = YAML::LoadAll(readSource("templates/slipway-check.yml")).at(0);
    EXPECT_THAT(keysOf(component["spec"]["inputs"]), IsSupersetOf(keysOf(pipeline["include"][0]["inputs"])));
}

TEST(Ci, NamesOptionsAndFormatsThatTheProgramHas) {
    const std::string help = slipway::tests::slipway({"help", "check"}).output;
    const std::set<std::string> options = caught(help, R"~(\n  (--[a-z-]+) )~");
    std::set<std::string> formats;
    for (const auto& [file, text] : sources()) formats.merge(caught(text, R"~(extern const Format format_(\w+) = )~"));
    EXPECT_THAT(formats, IsSupersetOf({"json", "text"}));
    EXPECT_THAT(codeWords(readSource("docs/ci.md")), IsSupersetOf(formats));
    for (const char* file : {"action.yml", "script/github-action", "templates/slipway-check.yml", "docs/ci.md"}) {
        const std::string text = readSource(file);
        for (const std::string& option : caught(text, R"~((?:^|[^\w-])(--[a-z][a-z-]*))~"))
            EXPECT_TRUE(option == "--arg" || options.contains(option)) << file << ": " << option;  // --arg is jq's
        for (const std::string& format : caught(text, R"~(--report "?([a-z]+)=)~")) EXPECT_THAT(formats, Contains(format)) << file;
    }
}
