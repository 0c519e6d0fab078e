#include "base/interrupt.h"

#include <csignal>

#include "base/error.h"

namespace slipway {

static volatile std::sig_atomic_t asked = 0;

void catchInterrupts() {
    struct sigaction action {};
    action.sa_handler = [](int) { asked = 1; };
    sigaction(SIGINT, &action, nullptr);  // without SA_RESTART: a wait on a socket must wake up
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a log that may not grow is an error to be told, not the end
}

bool interrupted() { return asked != 0; }

void checkInterrupted() {
    if (asked) throw Error("interrupted", Exit::interrupted, "stopped as asked", "run the same command again to go on");
}

}  // namespace slipway
