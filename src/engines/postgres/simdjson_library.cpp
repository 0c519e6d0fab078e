#include "engines/postgres/simdjson_library.h"

#include <dlfcn.h>
#include <simdjson.h>

#include "base/error.h"

namespace slipway::postgres {

using Implementation = simdjson::internal::atomic_ptr<const simdjson::implementation>;

static Implementation& active() {
    static Implementation& loaded = []() -> Implementation& {
        void* library = dlopen(SLIPWAY_SIMDJSON, RTLD_NOW | RTLD_LOCAL);
        // The function below, as the Itanium C++ ABI writes its name.
        void* function = library ? dlsym(library, "_ZN8simdjson25get_active_implementationEv") : nullptr;
        if (!function)
            throw Error("simdjson-missing", Exit::outside, fmt::format("the library that reads parsed SQL cannot be loaded: {}", dlerror()),
                        "install it (Debian: libsimdjson14), or build Slipway again with the version that is installed");
        return reinterpret_cast<decltype(&simdjson::get_active_implementation)>(function)();
    }();
    return loaded;
}

void loadSimdjson() { active(); }

}  // namespace slipway::postgres

namespace simdjson {

// What simdjson's header calls, in functions that do not throw: hence loadSimdjson() before.
internal::atomic_ptr<const implementation>& get_active_implementation() { return slipway::postgres::active(); }

}  // namespace simdjson
