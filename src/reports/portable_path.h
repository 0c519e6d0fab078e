// Files as other programs want them named.
#pragma once

#include <string>

namespace slipway::reports {

/// Without "./" and "a/../": GitLab and GitHub compare the path with those of the repository, byte by byte.
std::string portablePath(const std::string& file);

/// As a URI (RFC 3986): a relative reference, or file:// for an absolute path.
std::string uriOf(const std::string& file);

}  // namespace slipway::reports
