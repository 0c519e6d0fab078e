// Files as Slipway reads and writes them: whole, checked, and never half written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace slipway {

namespace fs = std::filesystem;

/// The bytes of a file. Throws Error "file-unreadable" (usage) that names the file and the system's reason.
std::string readFile(const fs::path& file);

/// Like readFile, and refuses what no SQL script may hold: a NUL byte ("file-nul") and ill-formed UTF-8 ("file-utf8"),
/// each with its line and column. `shown` is the name for messages.
std::string readScript(const fs::path& file, const std::string& shown);

/// Throws as readScript does when `text` holds a NUL byte or is not well-formed UTF-8.
void checkText(std::string_view text, const std::string& shown);

/// The offset of the first byte that is not well-formed UTF-8 (RFC 3629), or npos.
size_t findIllFormedUtf8(std::string_view text);

/// Writes a file in one step: a temporary file beside it, synced, renamed over it. What is there and no plain file (a
/// pipe, /dev/null) is written to as it is.
/// Throws Error "file-unwritable" (outside).
void writeFile(const fs::path& file, std::string_view content);

/// `file` as a person in the working directory would name it: relative when it lies below, else absolute.
std::string shownPath(const fs::path& file);

}  // namespace slipway
