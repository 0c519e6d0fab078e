#include "reports/releases.h"

namespace slipway::reports {
namespace {

TEST(Github, AnnotatesEachFinding) {
    ReleaseOf of("db/a,b:c%.sql");
    of.found(Severity::error, 3, 7, "a-rule", "100%\r\nwrong, is: it").found(Severity::warning, 2, 0).found(Severity::note, 0, 0);
    EXPECT_EQ(told("github", of.release),
              "::error file=db/a%2Cb%3Ac%25.sql,line=3,col=7,title=Slipway%3A a-rule::100%25%0D%0Awrong, is: it%0Ahint: make it right\n"
              "::warning file=db/a%2Cb%3Ac%25.sql,line=2,title=Slipway%3A some-rule::it is wrong%0Ahint: make it right\n"
              "::notice file=db/a%2Cb%3Ac%25.sql,title=Slipway%3A some-rule::it is wrong%0Ahint: make it right\n"
              "FAIL: 1 error, 1 warning, 1 note on PostgreSQL 15.\n");
    EXPECT_EQ(told("github", ReleaseOf().statement("SELECT 1").release), "PASS: 1 statement can run on PostgreSQL 15.\n");
}

}  // namespace
}  // namespace slipway::reports
