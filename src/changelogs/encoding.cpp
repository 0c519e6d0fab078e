#include "changelogs/encoding.h"

#include <iconv.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"
#include "base/span.h"
#include "base/text.h"

namespace slipway::changelogs {

namespace {

class Converter {
  public:
    Converter(const std::string& encoding, const std::string& shown) : handle_(iconv_open("UTF-8", encoding.c_str())) {
        if (handle_ == reinterpret_cast<iconv_t>(-1))
            throw Error("encoding-unknown", Exit::usage, fmt::format("there is no encoding named '{}'", encoding),
                        "use UTF-8, ISO-8859-1, windows-1252 or US-ASCII, or save the file as UTF-8")
                .at(shown);
    }
    ~Converter() { iconv_close(handle_); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// Converts `bytes`; false at the first byte that has no meaning, whose offset `stopped` then holds.
    bool convert(std::string& bytes, std::string& out, size_t& stopped) {
        char* in = bytes.data();
        size_t left = bytes.size();
        char buffer[16384];
        while (left > 0) {
            char* to = buffer;
            size_t room = sizeof buffer;
            const size_t result = iconv(handle_, &in, &left, &to, &room);
            out.append(buffer, to);
            if (result == static_cast<size_t>(-1) && errno != E2BIG) {
                stopped = bytes.size() - left;
                return false;
            }
        }
        return true;
    }

  private:
    iconv_t handle_;
};

}  // namespace

std::string readText(const std::string& path, const std::string& shown, const std::string& encoding) {
    if (equalsIgnoringCase(encoding, "UTF-8") || equalsIgnoringCase(encoding, "UTF8")) return readScript(path, shown);
    std::string bytes = readFile(path);
    std::string text;
    size_t stopped = 0;
    if (!Converter(encoding, shown).convert(bytes, text, stopped)) {
        const Position at = positionOf(text, text.size());
        throw Error(
            "file-encoding", Exit::usage,
            fmt::format("byte 0x{:02X} has no meaning in {}", static_cast<unsigned char>(bytes[stopped]), encoding),
            "name the encoding that the file was saved in (encoding=... in its .conf file or in the configuration), "
            "or save the file as UTF-8")
            .at(shown, at.line, at.column);
    }
    checkText(text, shown);
    return text;
}

}  // namespace slipway::changelogs
