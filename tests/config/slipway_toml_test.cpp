#include "config/config.h"
#include "support/folder.h"

namespace slipway::config {
namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

class SlipwayTomlTest : public ::testing::Test {
  protected:
    Settings load(const std::string& from = ".", const std::optional<std::string>& file = std::nullopt) {
        return config::load(from, file, [this](const std::string& name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        });
    }
    Settings read(const std::string& text) {
        folder.write("slipway.toml", text);
        return load();
    }

    std::string refusal(const std::string& text) {
        const Error error = errorOf([&] { read(text); });
        EXPECT_EQ(error.exit, Exit::usage);
        return fmt::format("{} {}:{}:{}: {} | {}", error.code, error.file, error.line, error.column, error.message,
                           error.hint);
    }

    tests::Folder folder;
    std::map<std::string, std::string> variables;
};

TEST_F(SlipwayTomlTest, IsReadInTheOrderOfTheFile) {
    variables = {{"STAGING_DB_URL", "postgresql://app:s3cret@staging/shop"}, {"NAME", "Ann"}};
    folder.write("flyway.toml", "nonsense");
    const Settings settings = read(R"([project]
migrations = ["db/migrations", "../more/"]
layout = "flyway"
table = "history"
default_schema = "app"
mixed = false
out_of_order = true
baseline_version = 5
target = "12"
installed_by = "${NAME}"
lock_wait = "5min"

[project.placeholders]
Stage = "blue"
limit = 10

[environments.staging]
url = "${STAGING_DB_URL}"
lock_timeout = "500ms"
statement_timeout = "5min"
lock_budget = 30
connect_retries = 2

[environments.dev]
url = "embedded:dev"

[environments.production]
url = "${PROD_DB_URL}"
user = "migrator"
)");
    EXPECT_EQ(settings.origin, "slipway.toml");
    EXPECT_EQ(settings.root, folder.path());
    const ProjectSettings& project = settings.project;
    EXPECT_EQ(project.locations, (Lines{folder.path("db/migrations"),
                                        std::filesystem::path(folder.path()).parent_path().string() + "/more"}));
    EXPECT_EQ(project.layout, "flyway");
    EXPECT_EQ(project.table, "history");
    EXPECT_EQ(project.defaultSchema, "app");
    EXPECT_EQ(project.mixed, false);
    EXPECT_TRUE(project.outOfOrder);
    EXPECT_EQ(project.baselineVersion, "5");
    EXPECT_EQ(project.target, "12");
    EXPECT_EQ(project.installedBy, "Ann");
    EXPECT_EQ(project.lockRetryCount, 300);
    EXPECT_EQ(project.placeholders, (std::map<std::string, std::string>{{"limit", "10"}, {"stage", "blue"}}));
    ASSERT_EQ(settings.environments.size(), 3u);
    EXPECT_EQ(settings.environments[0].name, "staging");
    EXPECT_EQ(settings.environments[0].url, "postgresql://app:s3cret@staging/shop");
    EXPECT_TRUE(settings.environments[0].urlFromVariable);
    EXPECT_EQ(settings.environments[0].timeouts,
              (Timeouts{Milliseconds(500), Milliseconds(300'000), Milliseconds(30'000)}));
    EXPECT_EQ(settings.environments[0].connectRetries, 2);
    EXPECT_EQ(settings.environments[0].line, 17);
    EXPECT_EQ(settings.environments[1].name, "dev");
    EXPECT_TRUE(settings.environments[1].named);
    EXPECT_EQ(settings.environments[2].missingVariable, "PROD_DB_URL");
    EXPECT_EQ(settings.environments[2].user, "migrator");
}

TEST_F(SlipwayTomlTest, RefusesPasswords) {
    constexpr const char* help =
        "config-password slipway.toml:2:1: a password must not stand in slipway.toml | take it out of the file (and "
        "out "
        "of Git's history): write the url as \"${NAME}\" and set that variable of the environment, or keep the "
        "password in a passfile (~/.pgpass)";
    EXPECT_EQ(refusal("[environments.a]\npassword = 'x'\n"), help);
    EXPECT_EQ(refusal("[environments.a]\nurl = 'postgresql://u:secret@h/d'\n"), help);
    EXPECT_EQ(refusal("[environments.a]\nurl = 'host=h password=secret'\n"), help);
    EXPECT_EQ(refusal("[environments.a]\nurl = 'jdbc:postgresql://h/d?user=u&password=secret'\n"), help);
    variables["PW"] = "secret";
    EXPECT_EQ(read("[environments.a]\nurl = 'postgresql://u:${PW}@h:5432/d'\n").environments[0].url,
              "postgresql://u:secret@h:5432/d");
    EXPECT_EQ(read("[environments.a]\nurl = 'postgresql://u@h:5432/d?passfile=x'\n").environments.size(), 1u);
}

TEST_F(SlipwayTomlTest, RefusesUnknownKeys) {
    EXPECT_EQ(refusal("[project]\nout_of_odrer = true\n"),
              "config-unknown-key slipway.toml:2:1: there is no key 'out_of_odrer' | did you mean 'out_of_order'?");
    EXPECT_EQ(refusal("[environments.a]\n  lock_timout = '2s'\n"),
              "config-unknown-key slipway.toml:2:3: there is no key 'lock_timout' | did you mean 'lock_timeout'?");
    EXPECT_EQ(refusal("[projet]\n"),
              "config-unknown-key slipway.toml:1:2: there is no key 'projet' | did you mean 'project'?");
}

TEST_F(SlipwayTomlTest, RefusesRulesThatItWouldNotEnforce) {
    for (const char* key : {"approvals", "window", "max_exclusive_lock", "off_hours_over", "big_table"})
        EXPECT_EQ(refusal(fmt::format("[environments.a]\nurl = 'embedded:a'\n{} = 2\n", key)),
                  fmt::format("config-unknown-key slipway.toml:3:1: this version of Slipway does not enforce '{}' | "
                              "remove it: a rule that stands "
                              "in the file must also hold",
                              key));
}

TEST_F(SlipwayTomlTest, RefusesWrongValues) {
    EXPECT_EQ(refusal("[project]\nmixed = 'perhaps'\n"),
              "config-value slipway.toml:2:1: 'mixed' must be true or false | correct the value");
    EXPECT_EQ(refusal("[environments.a]\nurl = 'embedded:a'\nlock_timeout = 'soon'\n"),
              "config-value slipway.toml:3:1: 'lock_timeout' must be a duration such as \"500ms\", \"2s\" or \"5min\" "
              "| correct the value");
    EXPECT_EQ(refusal("[environments.dev]\nuser = 'x'\n"),
              "config-value slipway.toml:1:15: the environment 'dev' has no url | add url = \"${DEV_DB_URL}\", or url "
              "= \"embedded:dev\" for a "
              "private server");
    EXPECT_EQ(refusal("environments = 5\n"),
              "config-value slipway.toml:1:1: 'environments' must be a table: [environments] | correct the value");
    EXPECT_EQ(refusal("[project]\nbaseline_version = 1.1\n"),
              "config-value slipway.toml:2:1: 'baseline_version' must be a text in quotes, a whole number, true, false "
              "or a list of texts | correct the value");
    EXPECT_EQ(refusal("[project]\ninstalled_by = '${NOBODY}'\n"),
              "config-variable slipway.toml:2:1: the variable NOBODY is not set in the environment | set NOBODY, or "
              "write the value itself");
}

TEST_F(SlipwayTomlTest, RefusesWhatIsNoToml) {
    const Error error = errorOf([&] { read("[project]\ntable = history\n"); });
    EXPECT_EQ(error.code, "config-syntax");
    EXPECT_EQ(error.line, 2);
    EXPECT_TRUE(error.message.starts_with("this is not TOML: ")) << error.message;
}

TEST_F(SlipwayTomlTest, LocksAreWaitedForAsLongAsItSays) {
    EXPECT_EQ(read("[project]\nlock_wait = 'forever'\n").project.lockRetryCount, -1);
    EXPECT_EQ(read("[project]\nlock_wait = '1500ms'\n").project.lockRetryCount, 2);
    EXPECT_EQ(read("").project.lockRetryCount, 50);
}

TEST_F(SlipwayTomlTest, WithoutEnvironmentsThereIsDev) {
    folder.write("migrations/V1__x.sql");
    const Settings settings = read("");
    ASSERT_EQ(settings.environments.size(), 1u);
    EXPECT_EQ(settings.environments[0].url, "embedded:dev");
    EXPECT_EQ(settings.project.locations, (Lines{folder.path("migrations")}));
}

TEST_F(SlipwayTomlTest, IsFoundFromBelowAndByName) {
    folder.write("slipway.toml", "[project]\nmigrations = 'here'\n");
    folder.write("a/b/x.txt", "");
    EXPECT_EQ(load("a/b").root, folder.path());
    folder.write("other.toml", "[project]\nmigrations = 'there'\n");
    EXPECT_EQ(load(".", "other.toml").project.locations, (Lines{folder.path("there")}));
    folder.write("conf/my.conf", "flyway.locations=filesystem:sql\n");
    EXPECT_EQ(load(".", "conf/my.conf").project.locations, (Lines{folder.path("sql")}));
    const Error error = errorOf([&] { load(".", "nowhere.toml"); });
    EXPECT_EQ(error.code, "config-missing");
    EXPECT_EQ(error.message, "there is no configuration file nowhere.toml");
}

TEST_F(SlipwayTomlTest, WithoutAnyFileThereAreDefaults) {
    const Error error = errorOf([&] { load(); });
    EXPECT_EQ(error.code, "no-project");
    EXPECT_EQ(
        error.message,
        "there is no slipway.toml, flyway.toml or flyway.conf here or above, and none of the folders db/migrations, "
        "db/migration, migrations, sql");
    EXPECT_EQ(error.hint, "begin with 'slipway new NAME', which writes the first migration, or write a slipway.toml");
    folder.write("sql/V1__x.sql");
    EXPECT_EQ(load().project.locations, (Lines{folder.path("sql")}));
    folder.write("db/migrations/V1__x.sql");
    const Settings settings = load();
    EXPECT_EQ(settings.origin, "defaults");
    EXPECT_EQ(settings.file, "");
    EXPECT_EQ(settings.project.locations, (Lines{folder.path("db/migrations")}));
    ASSERT_EQ(settings.environments.size(), 1u);
    EXPECT_EQ(settings.environments[0].name, "dev");
    EXPECT_EQ(settings.environments[0].url, "embedded:dev");
    EXPECT_TRUE(settings.environments[0].named);
}

TEST_F(SlipwayTomlTest, FlywaysVariablesAloneMakeAFlywayProject) {
    variables = {{"FLYWAY_URL", "jdbc:postgresql://h/d"}, {"FLYWAY_LOCATIONS", "filesystem:db"}};
    const Settings settings = load();
    EXPECT_EQ(settings.origin, "the FLYWAY_ variables");
    EXPECT_EQ(settings.environments[0].url, "jdbc:postgresql://h/d");
    EXPECT_FALSE(settings.environments[0].named);
}

}  // namespace
}  // namespace slipway::config
