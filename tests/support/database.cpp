#include "support/database.h"

#include <unistd.h>

#include <atomic>
#include <stdexcept>

#include "base/files.h"
#include "base/text.h"

namespace slipway::tests {

std::string runFolder() {
    const char* other = std::getenv("SLIPWAY_TEST_SERVER_FOLDER");  // to run one test by hand beside a test run
    return other ? other : SLIPWAY_TEST_SERVER_FOLDER;
}

std::string serverUrl() {
    const fs::path file = fs::path(runFolder()) / "url";
    if (!fs::exists(file))
        throw std::runtime_error("the test server does not run: use script/test or ctest, or tests/support/server.sh start");
    return std::string(trim(readFile(file)));
}

int serverMajor() { return postgres::Connection::open({serverUrl()}, "test")->serverVersion() / 10000; }

Database::Database(const std::string& like) {
    static std::atomic<int> made = 0;
    name_ = "t" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    auto server = postgres::Connection::open({serverUrl()}, "test");
    server->run("CREATE DATABASE " + name_ + " TEMPLATE " + like);
}

Database::~Database() {
    auto server = postgres::Connection::open({serverUrl()}, "test");
    server->run("DROP DATABASE " + name_ + " WITH (FORCE)");
}

std::string Database::url() const { return serverUrl() + " dbname=" + name_; }

std::unique_ptr<postgres::Connection> Database::connect() const { return postgres::Connection::open({url()}, "test"); }

void Database::run(const std::string& sql) const { connect()->run(sql); }

std::string Database::value(const std::string& sql) const { return connect()->value(sql).value_or(""); }

}  // namespace slipway::tests
