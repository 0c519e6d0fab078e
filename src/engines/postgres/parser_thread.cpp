#include "engines/postgres/parser_thread.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "engines/postgres/simdjson_library.h"

namespace slipway::postgres {

namespace {
constexpr size_t megabyte = size_t{1} << 20;
constexpr size_t largestStack = 512 * megabyte;
constexpr size_t smallestStack = 8 * megabyte;
/// Bytes of stack that a byte of SQL may need: measured at most 80 ("1+1+...", two bytes a level).
constexpr size_t stackPerByte = 512;
}  // namespace

static thread_local const ParserThread* running = nullptr;

const ParserThread& ParserThread::current() { return *running; }

/// Never destroyed: a forked child has the object without the thread, and would wait for it in its destructor.
struct ParserThread::EndsAtExit {
    ParserThread* const thread = new ParserThread;
    ~EndsAtExit() { thread->end(); }
};

ParserThread& ParserThread::instance() {
    static const EndsAtExit first;
    return *first.thread;
}

ParserThread& ParserThread::second() {
    static const EndsAtExit second;
    return *second.thread;
}

ParserThread::ParserThread() : owner_(getpid()) {
    loadSimdjson();  // which reads what the parser says
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    const auto body = [](void* self) -> void* {
        static_cast<ParserThread*>(self)->serve();
        return nullptr;
    };
    int problem = EAGAIN;
    // Where the address space is limited (ulimit -v), a smaller stack parses smaller statements.
    for (size_t stack = largestStack; problem == EAGAIN && stack >= smallestStack; stack /= 2) {
        pthread_attr_setstacksize(&attributes, stack);
        problem = pthread_create(&thread_, &attributes, body, this);
        largestStatement_ = stack / stackPerByte;
    }
    pthread_attr_destroy(&attributes);
    if (problem != 0)
        throw Error("no-thread", Exit::outside,
                    fmt::format("the thread that parses SQL cannot be started: {}", std::strerror(problem)),
                    "raise the limits on processes and address space (ulimit -u, ulimit -v)");
}

void ParserThread::end() {
    if (getpid() != owner_) return;
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    pthread_join(thread_, nullptr);
}

void ParserThread::begin(const std::function<void()>& work) {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    changed_.notify_all();
}

std::exception_ptr ParserThread::finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return work_ == nullptr; });
    return std::exchange(failure_, nullptr);
}

void ParserThread::run(const std::function<void()>& work) {
    const std::lock_guard turn(turn_);
    begin(work);
    if (const std::exception_ptr failure = finish()) std::rethrow_exception(failure);
}

void ParserThread::runBoth(const std::function<void()>& work, const std::function<void()>& beside) {
    ParserThread& one = instance();
    ParserThread& other = second();
    const std::lock_guard turn(one.turn_);
    one.begin(work);
    other.begin(beside);
    const std::exception_ptr failure = one.finish(), failureBeside = other.finish();
    if (failure) std::rethrow_exception(failure);
    if (failureBeside) std::rethrow_exception(failureBeside);
}

void ParserThread::serve() {
    running = this;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return work_ || ending_; });
        if (!work_) return;
        try {
            (*work_)();
        } catch (...) {
            failure_ = std::current_exception();
        }
        work_ = nullptr;
        changed_.notify_all();
    }
}

}  // namespace slipway::postgres
