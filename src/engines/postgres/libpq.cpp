#include "engines/postgres/libpq.h"

#include <dlfcn.h>

#include <cstdlib>

#include "base/error.h"

namespace slipway::postgres {

// The symbols of libpq and of the twenty libraries behind it are looked for among themselves first: through the whole
// program each of thousands of look-ups would be longer. The address sanitizer has to be found before them.
#ifdef __SANITIZE_ADDRESS__
constexpr int lookUp = RTLD_LAZY | RTLD_LOCAL;
#else
constexpr int lookUp = RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND;
#endif

static Libpq load() {
    // GnuTLS, which OpenLDAP brings along, need not prepare itself now: OpenLDAP asks for that when it comes to TLS (GnuTLS
    // manual, "Initialization").
    constexpr const char* unprepared = "GNUTLS_NO_IMPLICIT_INIT";
    const bool ours = !std::getenv(unprepared) && setenv(unprepared, "1", 1) == 0;
    void* library = dlopen("libpq.so.5", lookUp);
    if (ours) unsetenv(unprepared);
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
