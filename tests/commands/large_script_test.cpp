// Scripts of 50 MB: the memory that they take is bounded.
#include <gmock/gmock.h>

#include <fstream>

#include "support/program.h"

namespace slipway::tests {
namespace {

#ifdef __SANITIZE_ADDRESS__  // it puts space around each allocation and keeps what was freed for a while
constexpr int64_t mostKilobytes = 1024 * 1024;
#else
constexpr int64_t mostKilobytes = 200 * 1024;
#endif
constexpr size_t size = 50'000'000;

/// Writes as it goes: a child's peak counts what its parent had when it forked.
void writeLarge(const Project& project, const std::string& head, const std::string& line, const std::string& tail) {
    std::ofstream file(project.folder.path("db/V1__large.sql"), std::ios::binary);
    file << head;
    for (size_t written = 0; written < size; written += line.size()) file << line;
    file << tail;
}

TEST(LargeScript, OfManyStatements) {
    const Project project;
    const std::string insert = "INSERT INTO t (a, b) VALUES (42, 'the quick brown fox jumps over the lazy dog, time and again and again');\n";
    writeLarge(project, "CREATE UNLOGGED TABLE t (a int, b text);\n", insert, "");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_LT(ended.peakKilobytes, mostKilobytes);
    std::cout << ended.peakKilobytes / 1024 << " MB, " << showDuration(ended.took) << "\n";
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), std::to_string((size + insert.size() - 1) / insert.size()));
}

TEST(LargeScript, OfShortStatements) {
    const Project project;
    // The most statements for a megabyte; a fraction of the size, since the server takes its time for each.
    std::ofstream(project.folder.path("db/V1__large.sql")) << "CREATE UNLOGGED TABLE t (a int);\n";
    std::ofstream file(project.folder.path("db/V1__large.sql"), std::ios::app);
    for (int i = 0; i < 100'000; i++) file << "INSERT INTO t VALUES(1);\n";
    file.close();
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_LT(ended.peakKilobytes, mostKilobytes);
    std::cout << ended.peakKilobytes / 1024 << " MB, " << showDuration(ended.took) << "\n";
}

TEST(LargeScript, OfCopyData) {
    const Project project;
    const std::string row = "42\tthe quick brown fox jumps over the lazy dog, time and again and again\n";
    writeLarge(project, "CREATE UNLOGGED TABLE t (a int, b text);\nCOPY t FROM stdin;\n", row, "\\.\nINSERT INTO t VALUES (1, 'last');\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_LT(ended.peakKilobytes, mostKilobytes);
    std::cout << ended.peakKilobytes / 1024 << " MB, " << showDuration(ended.took) << "\n";
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), std::to_string((size + row.size() - 1) / row.size() + 1));
}

TEST(LargeScript, OfOneStatementOfMoreThanAMegabyte) {
    const Project project;
    std::string values;
    for (int i = 0; i < 150'000; i++) values += (i ? ",\n(" : "(") + std::to_string(i) + ", 'row')";
    project.write("V1__large.sql", "CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES " + values + ";\nCREATE INDEX CONCURRENTLY t_a ON t (a);\n");
    // One that is no INSERT goes through the parser when it is smaller; this one is told by its first words.
    project.write("V2__view.sql", "CREATE VIEW v AS SELECT '" + std::string(1'200'000, 'x') + "' AS x;\nVACUUM t;\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 0) << ended;
    EXPECT_EQ(project.database.value("SELECT count(*) FROM t"), "150000");
    EXPECT_EQ(project.database.value("SELECT length(x) FROM v"), "1200000");
    EXPECT_LT(ended.peakKilobytes, mostKilobytes);
}

TEST(LargeScript, ThatFailsAtItsEndTellsTheLine) {
    const Project project;
    writeLarge(project, "CREATE UNLOGGED TABLE t (a int, b text);\nCOPY t FROM stdin;\n", "42\tthe quick brown fox jumps over the lazy dog\n", "x\ty\n\\.\n");
    const Ended ended = slipway({"migrate"});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.errors, testing::ContainsRegex("db/V1__large.sql:1063833:1: error: invalid input syntax for type integer: \"x\" \\(SQLSTATE 22P02\\)"));
    EXPECT_THAT(ended.errors, testing::HasSubstr("COPY t, line 1063831, column a"));
    EXPECT_LT(ended.peakKilobytes, mostKilobytes);
    EXPECT_LT(ended.errors.size(), 2000u);
}

}  // namespace
}  // namespace slipway::tests
