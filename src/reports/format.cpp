#include "reports/format.h"

namespace slipway::reports {

const Format* formatNamed(std::string_view name) {
    for (const Format* format : allFormats())
        if (name == format->name) return format;
    return nullptr;
}

}  // namespace slipway::reports
