// Every command's JSON document, compared with docs/reference/json.md: no field that is not described there.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "docs/pages.h"
#include "support/program.h"

using namespace slipway::tests;
using testing::IsSupersetOf;

namespace {

/// The places of a document's values: "migrations[].state". An empty list is a place of its own.
void collect(const nlohmann::json& value, const std::string& path, std::set<std::string>& paths) {
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) collect(member, path.empty() ? key : path + "." + key, paths);
    } else if (value.is_array() && !value.empty()) {
        for (const auto& element : value) collect(element, path + "[]", paths);
    } else if (!value.is_array()) {
        paths.insert(path);
    }
}

class JsonReference : public testing::Test {
  protected:
    JsonReference() {
        project_.write("V1__Create_users.sql",
                       "CREATE TABLE users (id int PRIMARY KEY, name text);\n"
                       "INSERT INTO users VALUES (1);\nCREATE INDEX CONCURRENTLY ON users (name);\n");
        project_.write("V1__Create_users.slipway.toml",
                       "[backfill]\ntable = 'users'\nkey = 'id'\nset = \"name = 'x'\"\nwhere = 'name IS NULL'\n"
                       "[[reconcile]]\nname = 'users'\nsql = 'SELECT count(*) FROM users'\nexpect = 1\n");
        project_.write("U1__Drop_users.sql", "DROP TABLE users;\n");
    }

    nlohmann::json ask(std::vector<std::string> arguments) {
        verbs_.insert(arguments.front());
        arguments.insert(arguments.end(), {"--format", "json"});
        const Ended ended = slipway::tests::slipway(arguments, {{"SLIPWAY_STATE_DIR", project_.folder.path("state")}});
        auto document = nlohmann::json::parse(ended.output, nullptr, false);
        EXPECT_FALSE(document.is_discarded()) << arguments.front() << ": " << ended;
        EXPECT_EQ(document.value("slipway", 0), 1) << arguments.front() << ": " << ended;
        if (document.is_object()) document.erase("slipway");
        return document;
    }

    /// Asks, and compares the answer's fields with the tables under `heading`.
    void expectDocumented(const std::string& heading, const std::vector<std::string>& arguments) {
        std::set<std::string> paths;
        const nlohmann::json document = ask(arguments);
        collect(document, "", paths);
        EXPECT_THAT(documented(page_, heading), IsSupersetOf(paths)) << arguments.front() << " said " << document.dump(2);
        seen_[heading].merge(paths);
    }

    /// Fields that are documented under `heading` and were never said.
    std::set<std::string> unseen(const std::string& heading) {
        std::set<std::string> left = documented(page_, heading);
        for (const std::string& path : seen_[heading]) left.erase(path);
        return left;
    }

    Project project_;
    const std::string page_ = readSource("docs/reference/json.md");
    std::map<std::string, std::set<std::string>> seen_;
    std::set<std::string> verbs_;
};

}  // namespace

TEST_F(JsonReference, DescribesEveryFieldThatIsThere) {
    const std::string changes = "slipway migrate, undo, resume", stages = "slipway rehearse, deploy";
    expectDocumented("slipway validate", {"validate"});
    expectDocumented("slipway plan", {"plan", "--target", "1"});
    project_.write("V2__Change.sql", "ALTER TABLE users ALTER COLUMN id TYPE bigint;\nALTER TABLE users RENAME TO people;\n"
                                     "DO $$ BEGIN EXECUTE current_setting('x'); END $$;\nDROP TABLE people;\nDROP TABLE nobody;\n");
    expectDocumented("slipway check, observe", {"check", "--observe", "never"});
    std::filesystem::remove(project_.folder.path("db/V2__Change.sql"));
    expectDocumented("slipway check, observe", {"observe", "--on", "clone"});
    expectDocumented(stages, {"rehearse", "--on", "clone"});
    expectDocumented(changes, {"migrate"});
    expectDocumented("slipway info", {"info"});
    expectDocumented(changes, {"resume"});
    expectDocumented(changes, {"undo"});
    project_.write("R__Broken.sql", "SELECT missing;\n");
    expectDocumented("Errors", {"migrate"});
    expectDocumented(stages, {"rehearse", "--on", "clone"});
    project_.write("R__Broken.sql", "SELECT 1;\n");
    expectDocumented(stages, {"deploy", "dev"});
    expectDocumented("slipway status", {"status"});
    project_.write("V2__Half.sql", "CREATE TABLE half ();\nVACUUM missing;\n");
    ask({"migrate"});
    project_.write("V2__Half.sql", "CREATE TABLE half (a int);\n");
    expectDocumented("slipway repair", {"repair"});
    expectDocumented("slipway setup", {"setup"});
    expectDocumented("slipway env", {"env", "adopt", "dev"});
    expectDocumented("slipway embedded", {"embedded", "status"});
    expectDocumented("slipway fix", {"fix", "--since", "1"});
    expectDocumented("slipway rules", {"rules"});
    expectDocumented("slipway new", {"new", "something"});

    Database empty;
    project_.pointTo(empty.url());
    expectDocumented("slipway baseline", {"baseline"});

    // What is described and was not said is what these runs had no occasion for.
    const std::set<std::string> rare = {"error.detail", "notes[]", "scripts[].segments[].statements[].why", "migrationsDeleted[]",
                                        "migrationsAligned[]", "migrationsKept[]",
                                        "migrations[].findings[].category", "migrations[].findings[].ground"};
    for (const auto& [heading, paths] : seen_) EXPECT_THAT(rare, IsSupersetOf(unseen(heading))) << heading;

    verbs_.insert({"inspect", "snapshot"});  // the test below
    EXPECT_EQ(verbs_, caught(readSource("docs/reference/cli.md"), "\n## slipway ([a-z]+)")) << "every verb is to be asked here";
}

TEST_F(JsonReference, DescribesTheCatalog) {
    project_.database.connect()->run("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'ok'); "
                                     "CREATE VIEW v AS SELECT * FROM t; CREATE SEQUENCE s; COMMENT ON TABLE t IS 'a table'");
    std::set<std::string> paths;
    collect(ask({"inspect"}), "", paths);
    collect(ask({"snapshot"}), "", paths);
    const std::set<std::string> words = codeWords(readSource("docs/reference/catalog-json.md"));
    for (const std::string& path : paths) {
        std::string name = path.substr(path.rfind('.') + 1);
        name = name.substr(0, name.find('['));
        EXPECT_TRUE(words.contains(name)) << path;
    }
}
