// Scripts in encodings other than UTF-8.
#pragma once

#include <string>

namespace slipway::changelogs {

/// The text of the script at `path` as UTF-8 without NUL bytes, decoded from `encoding` (Java's and iconv's names:
/// "UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII"). `shown` names the file in messages.
/// Throws what readScript throws; "encoding-unknown" and "file-encoding" (usage, with line and column) when a byte has
/// no meaning in that encoding.
std::string readText(const std::string& path, const std::string& shown, const std::string& encoding);

}  // namespace slipway::changelogs
