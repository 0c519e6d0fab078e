#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/folder.h"

namespace slipway {
namespace {

using namespace std::string_literals;
using tests::errorOf;
using tests::Folder;

TEST(Files, AreReadAsTheyAre) {
    const Folder folder;
    for (const std::string& content : {""s, "a"s, "a\r\nb\r"s, "\xFF\0\xFE"s, std::string(200'000, 'x')}) {
        folder.write("f", content);
        EXPECT_EQ(readFile("f"), content);
    }
    EXPECT_TRUE(readFile("/proc/self/status").starts_with("Name:")) << "a file whose size is not told beforehand";
}

TEST(Files, TheReasonOfAFailureIsTold) {
    const Folder folder;
    const Error missing = errorOf([] { readFile("none/V1__a.sql"); });
    EXPECT_EQ(missing.code, "file-unreadable");
    EXPECT_EQ(missing.exit, Exit::usage);
    EXPECT_EQ(missing.message, "cannot read none/V1__a.sql: No such file or directory");
    EXPECT_EQ(missing.file, "none/V1__a.sql");
    fs::create_directory("db");
    EXPECT_EQ(errorOf([] { readFile("db"); }).message, "cannot read db: Is a directory");
}

TEST(Files, ANulByteIsRefusedWithItsPlace) {
    const Error error = errorOf([] { checkText("SELECT 1;\nä\0"s, "V1__a.sql"); });
    EXPECT_EQ(error.code, "file-nul");
    EXPECT_EQ(error.file, "V1__a.sql");
    EXPECT_EQ(error.line, 2);
    EXPECT_EQ(error.column, 2);
    EXPECT_EQ(errorOf([] { checkText("\xFF\xFES\0"s, "f"); }).hint, "it looks like UTF-16: save it as UTF-8");
}

TEST(Files, IllFormedUtf8IsRefusedWithItsPlace) {
    const Folder folder;
    folder.write("V1__a.sql", "-- ü\n-- \xFC\n");
    const Error error = errorOf([] { readScript("V1__a.sql", "shown.sql"); });
    EXPECT_EQ(error.code, "file-utf8");
    EXPECT_EQ(error.exit, Exit::usage);
    EXPECT_EQ(error.message, "the file is not well-formed UTF-8 (byte 0xFC)");
    EXPECT_EQ(error.file, "shown.sql");
    EXPECT_EQ(error.line, 2);
    EXPECT_EQ(error.column, 4);
}

// The bounds of RFC 3629, section 4: each sequence that is just inside, and each that is just outside.
TEST(Files, Utf8IsThatOfTheStandard) {
    for (const std::string& good : {"\x7F"s, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s, "\xED\x9F\xBF"s, "\xEE\x80\x80"s,
                                    "\xEF\xBF\xBF"s, "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "a\xC3\xA4z"s, ""s})
        EXPECT_EQ(findIllFormedUtf8(good), std::string::npos) << good;
    for (const std::string& bad : {"\x80"s, "\xBF"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC2"s, "\xC2\x7F"s, "\xC2\xC0"s, "\xE0\x9F\xBF"s,
                                   "\xED\xA0\x80"s, "\xEF\xBF"s, "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s, "\xF0\x90\x80"s,
                                   "\xF5\x80\x80\x80"s, "\xFE"s, "\xFF"s}) {
        EXPECT_EQ(findIllFormedUtf8(bad), 0u) << bad;
        EXPECT_EQ(findIllFormedUtf8("aä" + bad), 3u);
        EXPECT_EQ(findIllFormedUtf8("aä" + bad + "z"), 3u);
    }
}

TEST(Files, AreWrittenInOneStep) {
    const Folder folder;
    writeFile("f", "one");
    writeFile("f", "two");
    EXPECT_EQ(readFile("f"), "two");
    struct stat info {};
    ASSERT_EQ(::stat("f", &info), 0);
    EXPECT_EQ(info.st_mode & 0133, 0u) << "neither executable nor open for others to write";
    EXPECT_EQ(std::distance(fs::directory_iterator("."), {}), 1) << "nothing is left beside it";
}

TEST(Files, AFailedWriteLeavesTheOldFile) {
    const Folder folder;
    fs::create_directory("folder");
    folder.write("folder/f", "old");
    const Error error = errorOf([] { writeFile("folder", "new"); });
    EXPECT_EQ(error.code, "file-unwritable");
    EXPECT_EQ(error.exit, Exit::outside);
    EXPECT_EQ(readFile("folder/f"), "old");
    EXPECT_EQ(std::distance(fs::directory_iterator("."), {}), 1);
    EXPECT_EQ(errorOf([] { writeFile("none/f", "x"); }).message, "cannot write none/f: No such file or directory");
}

TEST(Files, APipeIsWrittenToAndNotReplaced) {
    const Folder folder;
    ASSERT_EQ(::mkfifo("pipe", 0600), 0);
    const int reader = ::open("pipe", O_RDONLY | O_NONBLOCK);
    ASSERT_GE(reader, 0);
    writeFile("pipe", "text");
    char got[8];
    EXPECT_EQ(::read(reader, got, sizeof got), 4);
    ::close(reader);
    EXPECT_TRUE(fs::is_fifo("pipe"));
    EXPECT_EQ(std::distance(fs::directory_iterator("."), {}), 1);
}

TEST(Files, AreNamedAsAPersonInTheFolderWould) {
    const Folder folder;
    EXPECT_EQ(shownPath(folder.path("db/V1__a.sql")), "db/V1__a.sql");
    EXPECT_EQ(shownPath("db/V1__a.sql"), "db/V1__a.sql");
    EXPECT_EQ(shownPath("/etc/passwd"), "/etc/passwd");
    fs::create_directory("deeper");
    fs::current_path("deeper");
    EXPECT_EQ(shownPath(folder.path("db/V1__a.sql")), folder.path("db/V1__a.sql"));
}

}  // namespace
}  // namespace slipway
