// The comment at the head of a script: what the author says about it.
#pragma once

#include <string_view>

#include "model/migration.h"

namespace slipway::changelogs {

/// Where the first statement begins: the offset of the first byte that is no byte order mark, no white space and in no
/// comment; the text's size when there is none. Comments nest, as in PostgreSQL; one that never ends counts as a
/// statement, so that whoever splits the script can complain about it.
size_t skipComments(std::string_view text);

/// The "Name: value" lines of the comments before the first statement, in "--" or "/* */" form. A name is one word or
/// two, the first with a capital; a line that stands two columns or more to the right of its field's name goes on with
/// the field's value.
Header parseHeader(std::string_view text);

}  // namespace slipway::changelogs
