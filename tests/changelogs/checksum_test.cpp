#include "changelogs/layout.h"

namespace slipway::changelogs {
namespace {

// What a real Flyway wrote into its history table for files of these bytes.
TEST(Checksum, IsFlyways) {
    EXPECT_EQ(flywayChecksum("CREATE TABLE t1 (id int);\n"), -1030005526);
    EXPECT_EQ(flywayChecksum("\xEF\xBB\xBF"
                             "CREATE TABLE t2 (id int);\r\nINSERT INTO t2 VALUES (1);\r\n"),
              -1375930209);
    EXPECT_EQ(flywayChecksum("CREATE TABLE t3 (id int, n text);\n\n-- café\nINSERT INTO t3 VALUES (1, 'héllo')"),
              1843267740);
    EXPECT_EQ(flywayChecksum("create table x(id int);\n"), 1668080745);
    EXPECT_EQ(flywayChecksum("CREATE OR REPLACE VIEW v1 AS SELECT ${col} FROM t1;\n"), -1495974062);
    EXPECT_EQ(flywayChecksum("CREATE OR REPLACE VIEW v1 AS SELECT id FROM t1;\n"), 853430754);
    EXPECT_EQ(flywayChecksum(""), 0);
}

TEST(Checksum, DoesNotDependOnLineEnds) {
    EXPECT_EQ(flywayChecksum("CREATE TABLE t1 (id int);"), -1030005526);
    EXPECT_EQ(flywayChecksum("CREATE TABLE t1 (id int);\r"), -1030005526);
    EXPECT_EQ(flywayChecksum("CREATE TABLE\r t1\r\n (id\n int);\r\n\r\n"), -1030005526);
}

}  // namespace
}  // namespace slipway::changelogs
