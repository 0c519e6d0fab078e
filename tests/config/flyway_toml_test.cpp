#include "config/config.h"
#include "support/folder.h"

namespace slipway::config {
namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

class FlywayTomlTest : public ::testing::Test {
  protected:
    Settings read(const std::string& text) {
        folder.write("flyway.toml", text);
        return load(".", std::nullopt, [this](const std::string& name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        });
    }

    std::string refusal(const std::string& text) {
        const Error error = errorOf([&] { read(text); });
        return fmt::format("{} {}:{}:{}: {} | {}", error.code, error.file, error.line, error.column, error.message,
                           error.hint);
    }

    tests::Folder folder;
    std::map<std::string, std::string> variables;
};

TEST_F(FlywayTomlTest, IsReadInsteadOfFlywayConf) {
    folder.write("flyway.conf", "flyway.nonsense=1\n");
    variables = {{"PW", "s3cret"}};
    const Settings settings = read(R"(id = "x"
name = "shop"
databaseType = "PostgreSql"

[flyway]
locations = ["filesystem:migrations"]
mixed = false
outOfOrder = true
environment = "prod"
table = "history"

[flyway.placeholders]
Stage = "blue"

[flyway.postgresql.transactional]
lock = false

[flyway.check]
majorTolerance = 0

[environments.test]
url = "jdbc:postgresql://t/d"
displayName = "Test"
connectRetries = 3

[environments.prod]
url = "jdbc:postgresql://p/d"
user = "app"
password = "${env.PW}"

[flywayDesktop]
developmentEnvironment = "test"
)");
    EXPECT_EQ(settings.origin, "flyway.toml");
    EXPECT_EQ(settings.defaultEnvironment, "prod");
    ASSERT_EQ(settings.environments.size(), 2u);
    EXPECT_EQ(settings.environments[0].name, "test");
    EXPECT_TRUE(settings.environments[0].named);
    EXPECT_EQ(settings.environments[0].connectRetries, 3);
    EXPECT_EQ(settings.environments[1].name, "prod");
    EXPECT_EQ(settings.environments[1].password, "s3cret");
    EXPECT_EQ(settings.environments[1].line, 27);
    EXPECT_EQ(settings.project.locations, (Lines{folder.path("migrations")}));
    EXPECT_EQ(settings.project.mixed, false);
    EXPECT_TRUE(settings.project.outOfOrder);
    EXPECT_EQ(settings.project.placeholders.at("stage"), "blue");
}

TEST_F(FlywayTomlTest, SettingsThatEveryEnvironmentSharesAreTheProjects) {
    EXPECT_EQ(read("[environments.a]\nurl='x'\nschemas=['app']\n[environments.a.flyway]\nmixed=true\n").project.schemas,
              (Lines{"app"}));
    EXPECT_EQ(
        refusal("[environments.a]\nurl='x'\n[environments.b]\nurl='y'\n[environments.b.flyway]\noutOfOrder=true\n"),
        "config-unsupported flyway.toml:6:1: 'outOfOrder' is not the same in every environment | move it to [flyway]: "
        "what is applied "
        "must not depend on the environment");
}

TEST_F(FlywayTomlTest, RefusesWhatItDoesNotHave) {
    EXPECT_EQ(refusal("[environments.a]\nurl='x'\nprovisioner='docker'\n"),
              "config-unsupported flyway.toml:3:1: Slipway does not support 'provisioner' | remove it: the database "
              "must be there when Slipway comes");
    EXPECT_EQ(read("[environments.a]\nurl='x'\nprovisioner='none'\n").environments.size(), 1u);
    EXPECT_EQ(
        refusal("[environments.a.resolvers.vault]\nurl='x'\n").substr(0, 90),
        std::string(
            "config-unsupported flyway.toml:2:1: Slipway does not support 'resolvers.vault.url' | remove it, put the")
            .substr(0, 90));
    EXPECT_EQ(refusal("[flyway]\nmixd = true\n"),
              "config-unknown-key flyway.toml:2:1: there is no key 'flyway.mixd' | did you mean 'flyway.mixed'?");
    EXPECT_EQ(refusal("[environment.dev]\nurl='x'\n"),
              "config-unknown-key flyway.toml:1:2: there is no key 'environment' | did you mean 'environments'?");
    EXPECT_EQ(refusal("[environments.a]\nurll='x'\n"),
              "config-unknown-key flyway.toml:2:1: there is no key 'urll' | did you mean 'url'?");
    EXPECT_EQ(refusal("[flyway]\nenvironment='qa'\n[environments.dev]\nurl='x'\n"),
              "config-value :0:0: flyway.environment names 'qa', which is no environment | add [environments.qa], or "
              "name another one");
}

TEST_F(FlywayTomlTest, VariablesGoToTheDefaultEnvironment) {
    variables = {{"FLYWAY_URL", "jdbc:postgresql://v/d"}, {"FLYWAY_ENVIRONMENT", "b"}};
    const Settings settings = read("[environments.a]\nurl='x'\n[environments.b]\nurl='y'\n");
    EXPECT_EQ(settings.environments[0].url, "x");
    EXPECT_EQ(settings.environments[1].url, "jdbc:postgresql://v/d");
}

}  // namespace
}  // namespace slipway::config
