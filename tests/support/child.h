// A process of a test's own, which ends with the test however the test ends.
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <functional>

namespace slipway::tests {

/// A fork of the test program that does `body` and then ends with the code that it returns; an exception is code 99.
class Child {
  public:
    explicit Child(const std::function<int()>& body) : pid_(::fork()) {
        if (pid_ != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        int code = 99;
        try {
            code = body();
        } catch (const std::exception& error) {
            ::dprintf(2, "%s\n", error.what());
        }
        ::_exit(code);
    }
    ~Child() { kill(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    int pid() const { return pid_; }

    /// Its exit code when it has ended by itself; 128 + n when signal n ended it.
    int wait() {
        int status = 0;
        if (pid_ > 0) ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }

    void kill() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        wait();
    }

  private:
    pid_t pid_;
};

}  // namespace slipway::tests
