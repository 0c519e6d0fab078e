// Runs programs in turn and prints the median time of each.
//
//     bench_stopwatch ROUNDS [--prepare PROGRAM] -- WORDS OF A COMMAND -- WORDS OF THE NEXT ...
//
// In every round each command runs once, one after the other, so that what else the machine does meets all alike. The
// program after --prepare runs before each of them, with the command's number (from 1) as its argument, and is not
// measured. Prints a line a command: wall-clock time and the client's CPU time (user and system), in milliseconds.
// What the commands print is shown only when one fails, which ends the measurement.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern char** environ;

namespace {

using Command = std::vector<std::string>;

struct Times {
    double wall = 0;  ///< ms
    double cpu = 0;   ///< ms
};

constexpr const char* outputName = "/tmp/slipway-stopwatch";

double milliseconds(const timeval& time) {
    return time.tv_sec * 1e3 + time.tv_usec / 1e3;
}

void show(const std::string& file) {
    if (FILE* in = std::fopen(file.c_str(), "r")) {
        for (int c; (c = std::fgetc(in)) != EOF;) std::fputc(c, stderr);
        std::fclose(in);
    }
}

Times run(const Command& command) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const std::string output = outputName + std::to_string(::getpid());
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::posix_spawn_file_actions_adddup2(&files, 1, 2);

    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    rusage usage{};
    const int error = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    if (error == 0) ::wait4(child, &status, 0, &usage);
    const auto end = std::chrono::steady_clock::now();
    ::posix_spawn_file_actions_destroy(&files);
    if (error != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "%s failed:\n", arguments[0]);
        show(output);
        ::unlink(output.c_str());
        std::exit(1);
    }
    ::unlink(output.c_str());
    return {std::chrono::duration<double, std::milli>(end - start).count(),
            milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)};
}

double median(std::vector<Times> times, double Times::*which) {
    std::ranges::sort(times, {}, which);
    const size_t middle = times.size() / 2;
    return times.size() % 2 ? times[middle].*which : (times[middle - 1].*which + times[middle].*which) / 2;
}

}  // namespace

int main(int count, char** words) {
    std::vector<Command> commands;
    std::string prepare;
    const int rounds = count > 1 ? std::atoi(words[1]) : 0;
    for (int i = 2; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--")
            commands.emplace_back();
        else if (!commands.empty())
            commands.back().push_back(word);
        else if (word == "--prepare" && i + 1 < count)
            prepare = words[++i];
    }
    if (rounds < 1 || commands.empty() || std::ranges::any_of(commands, &Command::empty)) {
        std::fprintf(stderr, "usage: bench_stopwatch ROUNDS [--prepare PROGRAM] -- COMMAND... [-- COMMAND...]...\n");
        return 2;
    }
    std::vector<std::vector<Times>> times(commands.size());
    for (int round = 0; round < rounds; ++round)
        for (size_t i = 0; i < commands.size(); ++i) {
            if (!prepare.empty()) run({prepare, std::to_string(i + 1)});
            times[i].push_back(run(commands[i]));
        }
    for (const std::vector<Times>& each : times)
        std::printf("%.2f %.2f\n", median(each, &Times::wall), median(each, &Times::cpu));
}
