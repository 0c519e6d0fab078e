// The threads on which libpg_query runs.
#pragma once

#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>

namespace slipway::postgres {

/// The parser recurses as deeply as the statement nests and has no guard: on an ordinary stack of 8 MB a sum of 100,000
/// terms ends the process. So it gets a thread with a large stack, of which only what is used becomes memory, and one
/// for the whole process, with a second one where parsing ahead pays: libpg_query (15-4.0.0) takes a pthread key for each
/// that parses and never gives it back.
class ParserThread {
  public:
    /// Started by the first call, ended when the process exits.
    static ParserThread& instance();
    /// Runs only beside it: runBoth().
    static ParserThread& second();

    /// Runs `work` on the thread and waits for it. Throws what it throws.
    void run(const std::function<void()>& work);

    /// Runs one on the thread and the other on the second one at the same time, and waits for both. Throws what either
    /// throws, `work` first.
    static void runBoth(const std::function<void()>& work, const std::function<void()>& beside);

    /// The largest statement, in bytes, whose parse cannot run off the stack of this thread.
    size_t largestStatement() const { return largestStatement_; }
    /// Of the thread that calls, which must be one of the two.
    static const ParserThread& current();

    ParserThread(const ParserThread&) = delete;
    ParserThread& operator=(const ParserThread&) = delete;

  private:
    ParserThread();
    ~ParserThread() = default;
    struct EndsAtExit;
    void begin(const std::function<void()>& work);
    std::exception_ptr finish();
    void serve();
    void end();

    std::mutex turn_;  ///< one caller at a time
    std::mutex mutex_;
    std::condition_variable changed_;
    const std::function<void()>* work_ = nullptr;
    std::exception_ptr failure_;
    bool ending_ = false;
    size_t largestStatement_ = 0;
    pid_t owner_;
    pthread_t thread_{};
};

}  // namespace slipway::postgres
