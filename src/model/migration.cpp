#include "model/migration.h"

#include "base/text.h"

namespace slipway {

const HeaderField* Header::find(std::string_view name) const {
    const auto found = std::ranges::find_if(fields, [&](const HeaderField& f) { return equalsIgnoringCase(f.name, name); });
    return found == fields.end() ? nullptr : &*found;
}

std::string Migration::id() const {
    switch (kind) {
        case MigrationKind::versioned: return "V" + version->text();
        case MigrationKind::baseline: return "B" + version->text();
        case MigrationKind::repeatable: return "R " + description;
    }
    return description;
}

}  // namespace slipway
