#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "base/span.h"

namespace slipway {

namespace {
Error unreadable(const fs::path& file, int code) {
    Error error("file-unreadable", Exit::usage, fmt::format("cannot read {}: {}", shownPath(file), std::strerror(code)),
                code == ENOENT ? "check the path" : "check the file's permissions and that it is a plain file");
    error.at(shownPath(file));
    return error;
}

struct Descriptor {
    int fd = -1;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};
}  // namespace

std::string readFile(const fs::path& file) {
    Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat info {};
    if (in.fd < 0 || ::fstat(in.fd, &info) != 0) throw unreadable(file, errno);
    if (S_ISDIR(info.st_mode)) throw unreadable(file, EISDIR);
    // One more is asked for than the file is said to have: when that does not come, the end is seen without another read.
    std::string bytes(static_cast<size_t>(info.st_size) + 1, '\0');
    size_t have = 0;
    for (;;) {
        if (have == bytes.size()) bytes.resize(have + (S_ISREG(info.st_mode) ? 1 : 65536));
        const ssize_t got = ::read(in.fd, bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw unreadable(file, errno);
        have += static_cast<size_t>(got);
        if (got == 0 || (S_ISREG(info.st_mode) && have == static_cast<size_t>(info.st_size))) break;
    }
    bytes.resize(have);
    return bytes;
}

size_t findIllFormedUtf8(std::string_view text) {
    const auto* s = reinterpret_cast<const unsigned char*>(text.data());
    const size_t n = text.size();
    auto tail = [&](size_t at, unsigned char low, unsigned char high) { return at < n && s[at] >= low && s[at] <= high; };
    for (size_t i = 0; i < n;) {
        const unsigned char c = s[i];
        if (c < 0x80) {
            i++;
        } else if (c >= 0xC2 && c <= 0xDF && tail(i + 1, 0x80, 0xBF)) {
            i += 2;
        } else if (c >= 0xE0 && c <= 0xEF && tail(i + 1, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF) &&
                   tail(i + 2, 0x80, 0xBF)) {
            i += 3;
        } else if (c >= 0xF0 && c <= 0xF4 && tail(i + 1, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF) &&
                   tail(i + 2, 0x80, 0xBF) && tail(i + 3, 0x80, 0xBF)) {
            i += 4;
        } else {
            return i;
        }
    }
    return std::string_view::npos;
}

void checkText(std::string_view text, const std::string& shown) {
    if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
        const Position at = positionOf(text, nul);
        const bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
        throw Error("file-nul", Exit::usage, "the file holds a NUL byte, at which PostgreSQL would stop reading",
                    utf16 ? "it looks like UTF-16: save it as UTF-8" : "remove the byte; SQL scripts are plain text")
            .at(shown, at.line, at.column);
    }
    if (const size_t bad = findIllFormedUtf8(text); bad != std::string_view::npos) {
        const Position at = positionOf(text, bad);
        throw Error("file-utf8", Exit::usage,
                    fmt::format("the file is not well-formed UTF-8 (byte 0x{:02X})", static_cast<unsigned char>(text[bad])),
                    "save the file as UTF-8, or name its encoding in the configuration")
            .at(shown, at.line, at.column);
    }
}

std::string readScript(const fs::path& file, const std::string& shown) {
    std::string text = readFile(file);
    checkText(text, shown);
    return text;
}

void writeFile(const fs::path& file, std::string_view content) {
    auto fail = [&](int code) -> Error {
        return Error("file-unwritable", Exit::outside,
                     fmt::format("cannot write {}: {}", file.string(), std::strerror(code)),
                     code == ENOSPC   ? "free some disk space and run the command again"
                     : code == ENOENT ? "make the folder and run the command again"
                                      : "check the folder's permissions and run the command again");
    };
    auto writeAll = [&](int fd) {
        for (size_t done = 0; done < content.size();) {
            const ssize_t wrote = ::write(fd, content.data() + done, content.size() - done);
            if (wrote < 0 && errno != EINTR) return false;
            if (wrote > 0) done += static_cast<size_t>(wrote);
        }
        return true;
    };
    struct stat info {};
    if (::stat(file.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) {
        Descriptor out{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};  // a pipe or /dev/null, which must not be replaced by a file
        if (out.fd < 0 || !writeAll(out.fd)) throw fail(errno);
        return;
    }
    fs::path temporary = file;
    temporary += fmt::format(".{}.tmp", ::getpid());
    Descriptor out{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
    if (out.fd < 0) throw fail(errno);
    if (!writeAll(out.fd)) {
        const int code = errno;
        ::unlink(temporary.c_str());
        throw fail(code);
    }
    if (::fsync(out.fd) != 0 || ::rename(temporary.c_str(), file.c_str()) != 0) {
        const int code = errno;
        ::unlink(temporary.c_str());
        throw fail(code);
    }
}

std::string shownPath(const fs::path& file) {
    std::error_code ignored;
    const fs::path relative = fs::proximate(file, fs::current_path(ignored), ignored);
    if (!relative.empty() && *relative.begin() != "..") return relative.string();
    return file.string();
}

}  // namespace slipway
