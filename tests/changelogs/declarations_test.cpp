#include "changelogs/declarations.h"

#include "support/folder.h"

namespace slipway::changelogs {
namespace {

using tests::errorOf;

class DeclarationsTest : public ::testing::Test {
  protected:
    Declarations read(const std::string& text) {
        folder.write("V4__x.slipway.toml", text);
        return readDeclarations(folder.path("V4__x.slipway.toml"), "V4__x.slipway.toml");
    }

    /// "line:column message | hint"
    std::string refusal(const std::string& text) {
        const Error error = errorOf([&] { read(text); });
        EXPECT_EQ(error.code, "declarations-invalid");
        EXPECT_EQ(error.file, "V4__x.slipway.toml");
        return fmt::format("{}:{} {} | {}", error.line, error.column, error.message, error.hint);
    }

    tests::Folder folder;
};

TEST_F(DeclarationsTest, AreRead) {
    const Declarations all = read(R"(irreversible = "the old column is gone"

[[pre]]
name = "users are there"
sql = "SELECT count(*) > 0 FROM users"
expect = "t"

[[pre]]
sql = "SELECT 1 WHERE false"
expect = "empty"

[[post]]
name = "none is null"
sql = "SELECT count(*) FROM users WHERE full_name IS NULL"
expect = 0

[backfill]
table = "shop.users"
key = ["tenant", "id"]
set = "full_name = first || ' ' || last"
where = "full_name IS NULL"
batch = 500
pause = "50ms"

[[reconcile]]
name = "totals"
sql = "SELECT sum(amount) FROM payments"
)");
    EXPECT_EQ(all.file, "V4__x.slipway.toml");
    EXPECT_EQ(all.digest.size(), 64u);
    EXPECT_EQ(all.irreversible, "the old column is gone");
    ASSERT_EQ(all.pre.size(), 2u);
    EXPECT_EQ(all.pre[0].name, "users are there");
    EXPECT_EQ(all.pre[0].expect, "t");
    EXPECT_EQ(all.pre[0].line, 3);
    EXPECT_EQ(all.pre[1].name, "pre 2");
    EXPECT_EQ(all.post[0].expect, "0");
    EXPECT_EQ(all.backfill->table, "shop.users");
    EXPECT_EQ(all.backfill->key, (std::vector<std::string>{"tenant", "id"}));
    EXPECT_EQ(all.backfill->set, "full_name = first || ' ' || last");
    EXPECT_EQ(all.backfill->where, "full_name IS NULL");
    EXPECT_EQ(all.backfill->batch, 500);
    EXPECT_EQ(all.backfill->pause, Milliseconds(50));
    EXPECT_EQ(all.backfill->line, 17);
    EXPECT_EQ(all.reconcile[0].expect, "same");
}

TEST_F(DeclarationsTest, BackfillHasDefaults) {
    const Declarations all = read("[backfill]\ntable = 'users'\nkey = 'id'\nset = 'a = b'\n");
    EXPECT_EQ(all.backfill->key, (std::vector<std::string>{"id"}));
    EXPECT_EQ(all.backfill->batch, 1000);
    EXPECT_EQ(all.backfill->pause, Milliseconds(100));
    EXPECT_EQ(all.backfill->where, "");
}

TEST_F(DeclarationsTest, OfAnEmptyFileAreNone) {
    EXPECT_EQ(read("").digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_F(DeclarationsTest, RefuseWhatTheyDoNotKnow) {
    EXPECT_EQ(refusal("\n[[prae]]\nsql = ''\n"), "2:3 a declarations file knows no 'prae' | did you mean 'pre'?");
    EXPECT_EQ(refusal("[backfill]\ntable='t'\nkey='id'\nset='a=b'\nbatches=5\n"),
              "5:1 [backfill] knows no 'batches' | did you mean 'batch'?");
    EXPECT_EQ(refusal("[[post]]\nsql='x'\nexpect='1'\nzzzzzzzz=1\n"),
              "4:1 [[post]] knows no 'zzzzzzzz' | it knows: name, sql, expect");
}

TEST_F(DeclarationsTest, RefuseWrongValues) {
    EXPECT_EQ(refusal("[[pre]]\nsql = 5\nexpect = 't'\n"),
              "2:7 'sql' of [[pre]] must be a text in quotes | correct the value");
    EXPECT_EQ(refusal("[[pre]]\nsql = 'SELECT 1'\n"), "1:1 [[pre]] has no 'expect' | add expect = \"...\"");
    EXPECT_EQ(refusal("[[pre]]\nsql = ' '\nexpect=1\n"), "2:7 'sql' of [[pre]] is empty | write it, or remove the key");
    EXPECT_EQ(refusal("[pre]\nsql = 'SELECT 1'\n"),
              "1:1 'pre' of a declarations file must be written as [[pre]], once for each | correct the value");
    EXPECT_EQ(refusal("[backfill]\ntable='t'\nkey=[]\nset='a'\n"),
              "3:5 'key' of [backfill] must be a column's name, or an array of them: [\"tenant\", \"id\"] | correct "
              "the value");
    EXPECT_EQ(refusal("[backfill]\ntable='t'\nkey='id'\nset='a'\nbatch=0\n"),
              "5:7 'batch' of [backfill] must be a number of rows from 1 to 1000000 | correct the value");
    EXPECT_EQ(refusal("[backfill]\ntable='t'\nkey='id'\nset='a'\npause='soon'\n"),
              "5:7 'pause' of [backfill] must be a duration such as \"100ms\" or \"2s\" | correct the value");
    EXPECT_EQ(refusal("[[reconcile]]\nname='a'\nsql='x'\n[[reconcile]]\nname='a'\nsql='y'\n"),
              "4:1 two [[reconcile]] are named 'a' | give each a name of its own: reports tell them apart by it");
}

TEST_F(DeclarationsTest, RefuseWhatIsNoToml) {
    const Error error = errorOf([&] { read("irreversible = yes\n"); });
    EXPECT_EQ(error.code, "declarations-invalid");
    EXPECT_EQ(error.line, 1);
    EXPECT_TRUE(error.message.starts_with("this is not TOML: ")) << error.message;
}

}  // namespace
}  // namespace slipway::changelogs
