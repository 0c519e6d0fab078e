#include "config/config.h"
#include "support/folder.h"

namespace slipway::config {
namespace {

using tests::errorOf;
using Lines = std::vector<std::string>;

class FlywayConfTest : public ::testing::Test {
  protected:
    Settings read(const std::string& text) {
        folder.write("flyway.conf", text);
        return load(".", std::nullopt, [this](const std::string& name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        });
    }

    /// "code line: message | hint"
    std::string refusal(const std::string& text) {
        const Error error = errorOf([&] { read(text); });
        EXPECT_EQ(error.exit, Exit::usage);
        EXPECT_EQ(error.file, "flyway.conf");
        return fmt::format("{} {}: {} | {}", error.code, error.line, error.message, error.hint);
    }

    tests::Folder folder;
    std::map<std::string, std::string> variables;
};

TEST_F(FlywayConfTest, ReadsAProjectAsItStands) {
    folder.write("src/main/resources/db/migration/V1__x.sql");
    variables = {{"env", "staging"}, {"DB_USER", "app"}, {"DB_PASSWORD", "s3cret"}, {"USER", "ann"}};
    const Settings settings = read(
        "# Database connection\n"
        "flyway.url=jdbc:postgresql://localhost:5432/myapp_${env}\n"
        "flyway.user=${DB_USER}\n"
        "flyway.password=${DB_PASSWORD}\n"
        "\n"
        "flyway.locations=classpath:db/migration\n"
        "flyway.baselineOnMigrate=true\n"
        "flyway.validateOnMigrate=true\n"
        "flyway.cleanDisabled=true\n"
        "flyway.outOfOrder=false\n"
        "flyway.mixed=false\n"
        "flyway.table=schema_version\n"
        "flyway.installedBy=${USER}\n");
    EXPECT_EQ(settings.origin, "flyway.conf");
    EXPECT_EQ(settings.file, "flyway.conf");
    EXPECT_EQ(settings.root, folder.path());
    ASSERT_EQ(settings.environments.size(), 1u);
    const Environment& environment = settings.environments[0];
    EXPECT_EQ(environment.name, "default");
    EXPECT_FALSE(environment.named);
    EXPECT_EQ(environment.url, "jdbc:postgresql://localhost:5432/myapp_staging");
    EXPECT_EQ(environment.user, "app");
    EXPECT_EQ(environment.password, "s3cret");
    EXPECT_EQ(environment.missingVariable, "");
    const ProjectSettings& project = settings.project;
    EXPECT_EQ(project.locations, (Lines{folder.path("src/main/resources/db/migration")}));
    EXPECT_TRUE(project.baselineOnMigrate);
    EXPECT_FALSE(project.outOfOrder);
    EXPECT_EQ(project.mixed, false);
    EXPECT_EQ(project.table, "schema_version");
    EXPECT_EQ(project.installedBy, "ann");
    EXPECT_EQ(settings.warnings,
              (Lines{"flyway.conf: 'classpath:db/migration' is read from the folder src/main/resources/db/migration; "
                     "write filesystem:src/main/resources/db/migration to say so"}));
}

TEST_F(FlywayConfTest, MixedIsUnknownUnlessItIsWritten) {
    EXPECT_EQ(read("flyway.url=jdbc:postgresql://h/d\n").project.mixed, std::nullopt);
    EXPECT_EQ(read("flyway.url=jdbc:postgresql://h/d\nflyway.mixed=true\n").project.mixed, true);
}

TEST_F(FlywayConfTest, ReadsLinesAsPropertiesAre) {
    const Settings settings = read(
        "! a comment\nflyway.locations = filesystem:one,\\\n   filesystem:/two/\nflyway.table: history\n"
        "flyway.schemas app,audit\nflyway.placeholders.Path=C:\\dir\nflyway.placeholderPrefix=${\n");
    EXPECT_EQ(settings.project.locations, (Lines{folder.path("one"), "/two"}));
    EXPECT_EQ(settings.project.table, "history");
    EXPECT_EQ(settings.project.schemas, (Lines{"app", "audit"}));
    EXPECT_EQ(settings.project.defaultSchema, "app");
    EXPECT_EQ(settings.project.placeholders.at("path"), "C:\\dir");
    EXPECT_EQ(settings.project.placeholderPrefix, "${");
}

TEST_F(FlywayConfTest, RefusesJavaCallbacksByName) {
    EXPECT_EQ(refusal("flyway.table=t\nflyway.callbacks=com.myapp.db.FlywayCallbacks\n"),
              "config-unsupported 2: Slipway does not support 'flyway.callbacks' | remove it: Java callbacks cannot "
              "run here; write the "
              "callback in SQL (afterMigrate.sql in a location), which needs no key");
}

TEST_F(FlywayConfTest, RefusesPaidKeysUnlessTheyAreOff) {
    EXPECT_EQ(refusal("flyway.cherryPick=1,2\n"),
              "config-unsupported 1: Slipway does not support 'flyway.cherryPick' | remove it, and use target to stop "
              "at a version");
    for (const char* line : {"flyway.dryRunOutput=x.sql", "flyway.errorOverrides=42:1:W", "flyway.oracle.sqlplus=true",
                             "flyway.vault.url=x", "flyway.resolvers=com.x.R", "flyway.tags.anyOf=a",
                             "flyway.detectEncoding=true", "flyway.dapr.url=u"})
        EXPECT_TRUE(
            refusal(std::string(line) + "\n").starts_with("config-unsupported 1: Slipway does not support 'flyway."))
            << line;
    EXPECT_EQ(read("flyway.cherryPick=\nflyway.oracle.sqlplus=false\nflyway.detectEncoding=false\nflyway.callbacks=\n")
                  .warnings,
              Lines{});
}

TEST_F(FlywayConfTest, PassesOverWhatConcernsOnlyFlyway) {
    EXPECT_EQ(
        read("flyway.reportEnabled=true\nflyway.loggers=slf4j\nflyway.outputQueryResults=false\nflyway.stream=true\n"
             "flyway.jarDirs=\nflyway.batch=true\nflyway.postgresql.transactional.lock=false\nflyway.driver=org."
             "postgresql.Driver\n"
             "flyway.licenseKey=x\n")
            .warnings,
        Lines{});
    EXPECT_EQ(refusal("flyway.driver=oracle.jdbc.OracleDriver\n"),
              "config-unsupported 1: the driver oracle.jdbc.OracleDriver is for another database, or a wrapper | "
              "remove it: Slipway speaks "
              "to PostgreSQL by itself");
}

TEST_F(FlywayConfTest, RefusesUnknownKeysAndNamesTheNearest) {
    EXPECT_EQ(refusal("\nflyway.outOfOrdr=true\n"),
              "config-unknown-key 2: there is no key 'flyway.outOfOrdr' | did you mean 'flyway.outOfOrder'?");
    EXPECT_EQ(refusal("flywy.url=x\n"),
              "config-unknown-key 1: there is no key 'flywy.url' | did you mean 'flyway.url'?");
    EXPECT_EQ(refusal("flyway.somethingElseEntirely=1\n"),
              "config-unknown-key 1: there is no key 'flyway.somethingElseEntirely' | remove it; the reference of the "
              "configuration lists the keys");
}

TEST_F(FlywayConfTest, RefusesWrongValues) {
    EXPECT_EQ(refusal("flyway.outOfOrder=yes\n"),
              "config-value 1: 'flyway.outOfOrder' must be true or false | correct the value");
    EXPECT_EQ(refusal("flyway.lockRetryCount=many\n"),
              "config-value 1: 'flyway.lockRetryCount' must be a whole number | correct the value");
    EXPECT_EQ(read("flyway.lockRetryCount=-1\n").project.lockRetryCount, -1);
}

TEST_F(FlywayConfTest, MissingVariablesStopOnlyWhoNeedsThem) {
    EXPECT_EQ(read("flyway.url=jdbc:postgresql://h/${DB}\n").environments[0].missingVariable, "DB");
    EXPECT_EQ(read("flyway.table=t\n").environments[0].missingVariable, "FLYWAY_URL");
    EXPECT_EQ(
        refusal("flyway.url=x\nflyway.table=${TABLE}\n"),
        "config-variable 2: the variable TABLE is not set in the environment | set TABLE, or write the value itself");
    const Settings settings = read("flyway.installedBy=${USER}\n");
    EXPECT_EQ(settings.project.installedBy, std::nullopt);
    EXPECT_EQ(settings.warnings,
              (Lines{"flyway.conf:1: USER is not set, so the history will name the database's role"}));
}

TEST_F(FlywayConfTest, WarnsAboutPasswordsAndNeverShowsThem) {
    const Settings settings =
        read("flyway.url=jdbc:postgresql://h/d?user=u&password=hidden1\nflyway.password=hidden2\n");
    EXPECT_EQ(settings.environments[0].password, "hidden2");
    EXPECT_EQ(
        settings.warnings,
        (Lines{"flyway.conf:1: a password stands in this file; put it into a variable of the environment and write "
               "${DB_PASSWORD}",
               "flyway.conf:2: a password stands in this file; put it into a variable of the environment and write "
               "${DB_PASSWORD}"}));
}

TEST_F(FlywayConfTest, VariablesOfFlywayWin) {
    variables = {{"FLYWAY_URL", "jdbc:postgresql://other/db"},
                 {"FLYWAY_PASSWORD", "a${b}c"},
                 {"FLYWAY_OUT_OF_ORDER", "true"},
                 {"FLYWAY_LOCATIONS", "filesystem:elsewhere"},
                 {"FLYWAY_VERSION", "8.5.13"}};
    const Settings settings = read("flyway.url=jdbc:postgresql://h/d\nflyway.outOfOrder=false\n");
    EXPECT_EQ(settings.environments[0].url, "jdbc:postgresql://other/db");
    EXPECT_TRUE(settings.environments[0].urlFromVariable);
    EXPECT_EQ(settings.environments[0].password, "a${b}c");
    EXPECT_TRUE(settings.project.outOfOrder);
    EXPECT_EQ(settings.project.locations, (Lines{folder.path("elsewhere")}));
    EXPECT_EQ(settings.warnings, Lines{});
    variables["FLYWAY_MIXED"] = "perhaps";
    const Error error = errorOf([&] { read(""); });
    EXPECT_EQ(error.message, "'FLYWAY_MIXED' must be true or false");
    EXPECT_EQ(error.file, "the environment variable FLYWAY_MIXED");
}

TEST_F(FlywayConfTest, PlaceholdersMayComeFromVariables) {
    ::setenv("FLYWAY_PLACEHOLDERS_TEST_ONLY", "unused", 1);
    variables["FLYWAY_PLACEHOLDERS_TEST_ONLY"] = "value";
    EXPECT_EQ(read("flyway.placeholders.test_only=file\n").project.placeholders.at("test_only"), "value");
    ::unsetenv("FLYWAY_PLACEHOLDERS_TEST_ONLY");
}

TEST_F(FlywayConfTest, LocationsThatCannotBeReadAreRefused) {
    EXPECT_EQ(refusal("flyway.locations=classpath:db/migration\n"),
              "config-location 1: the class path location 'classpath:db/migration' is no folder of this project | "
              "write the folder as a path: "
              "filesystem:src/main/resources/db/migration");
    EXPECT_EQ(refusal("flyway.locations=s3:bucket/x\n"),
              "config-unsupported 1: Slipway cannot read migrations from 's3:bucket/x' | copy the migrations into the "
              "repository and write "
              "filesystem:FOLDER");
    EXPECT_EQ(refusal("flyway.locations=filesystem:db/*\n"),
              "config-unsupported 1: the location 'filesystem:db/*' holds a wildcard | name the folders one by one");
    folder.write("db/V1__x.sql");
    EXPECT_EQ(read("flyway.locations=db\n").project.locations, (Lines{folder.path("db")}));
}

TEST_F(FlywayConfTest, UnknownResolversAreRefused) {
    EXPECT_EQ(refusal("flyway.url=${vault.url}\n"),
              "config-unsupported 1: Slipway has no resolver 'vault' for ${vault.url} | put the secret into a variable "
              "of the environment and "
              "write ${NAME}");
    variables["URL"] = "jdbc:postgresql://h/d";
    EXPECT_EQ(read("flyway.url=${env.URL}\n").environments[0].url, "jdbc:postgresql://h/d");
}

TEST_F(FlywayConfTest, OldIgnoreKeysBecomePatterns) {
    EXPECT_EQ(read("flyway.ignoreMissingMigrations=true\nflyway.ignoreFutureMigrations=false\n")
                  .project.ignoreMigrationPatterns,
              (Lines{"*:missing"}));
}

}  // namespace
}  // namespace slipway::config
