// Runs the commands of a text file and compares what they print with what stands there.
//
//     runner [--update] [--slipway PROGRAM] [--server FOLDER] [--source FOLDER] FILE
//
// Exit code 0: all as expected; 1: not, the difference is printed; 2: the file could not be run at all; 77: it asks for
// what is not here.

#include <cstring>
#include <fstream>
#include <iostream>

#include "scripts/session.h"
#include "scripts/transcript.h"

constexpr int skipped = 77;  // to ctest (SKIP_RETURN_CODE)

int main(int count, char** arguments) {
    using namespace slipway::scripts;
    World world{.program = SLIPWAY_BINARY, .serverFolder = SLIPWAY_TEST_SERVER_FOLDER, .source = SLIPWAY_SOURCE};
    bool update = false;
    std::string file;
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        const bool hasValue = i + 1 < count;
        if (word == "--update")
            update = true;
        else if (word == "--slipway" && hasValue)
            world.program = arguments[++i];
        else if (word == "--server" && hasValue)
            world.serverFolder = arguments[++i];
        else if (word == "--source" && hasValue)
            world.source = arguments[++i];
        else if (word == "--seconds" && hasValue)
            world.seconds = std::stoi(arguments[++i]);
        else if (word.starts_with("-") || !file.empty())
            file.clear(), i = count;
        else
            file = word;
    }
    if (file.empty()) {
        std::cerr
            << "usage: runner [--update] [--slipway PROGRAM] [--server FOLDER] [--source FOLDER] [--seconds N] FILE\n";
        return 2;
    }
    try {
        const Transcript transcript = readTranscript(file);
        if (transcript.asksFor("pg_dump") && !hasPgDump()) {
            std::cout << file << " is skipped: the server came without pg_dump\n";
            return skipped;
        }
        std::vector<Actual> actual;
        {
            Session session(world, transcript);
            actual = session.run();
        }
        const std::string difference = describe(transcript, actual);
        if (difference.empty()) return 0;
        std::cout << difference;
        if (update) {
            std::ofstream(file) << updated(transcript, actual);
            std::cout << file << " now says what happened; look at the difference before you keep it\n";
        }
        return update ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 2;
    }
}
