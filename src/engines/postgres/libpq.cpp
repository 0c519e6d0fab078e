#include "engines/postgres/libpq.h"

#include <dlfcn.h>

#include "base/error.h"

namespace slipway::postgres {

static Libpq load() {
    void* library = dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL);
    if (!library)
        throw Error("libpq-missing", Exit::outside, fmt::format("PostgreSQL's client library cannot be loaded: {}", dlerror()),
                    "install it: apt-get install libpq5");
    Libpq functions;
#define SLIPWAY_LIBPQ_LOAD(name)                                                           \
    functions.name = reinterpret_cast<decltype(functions.name)>(dlsym(library, #name));    \
    if (!functions.name)                                                                   \
        throw Error("libpq-missing", Exit::outside, "PostgreSQL's client library lacks " #name, \
                    "install libpq5 of PostgreSQL 13 or later");
    SLIPWAY_LIBPQ_FUNCTIONS(SLIPWAY_LIBPQ_LOAD)
#undef SLIPWAY_LIBPQ_LOAD
    return functions;
}

const Libpq& libpq() {
    static const Libpq functions = load();
    return functions;
}

}  // namespace slipway::postgres
