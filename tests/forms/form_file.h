// The statement forms of a .form file (README.md beside this).
#pragma once

#include <string>
#include <vector>

namespace slipway::tests {

struct Form {
    std::string file;        ///< "alter_table.form"
    int line = 0;            ///< of its name
    std::string production;  ///< "ALTER TABLE ... ADD COLUMN"
    std::string name;        ///< the whole line: "ALTER TABLE ... ADD COLUMN | volatile default"
    int since = 0;
    int until = 99;
    bool alone = false;
    std::vector<std::string> setup;
    std::vector<std::string> session;
    std::string sql;

    bool runsOn(int major) const { return since <= major && major <= until; }
};

/// Throws std::runtime_error for a line that the format does not have.
std::vector<Form> readForms(const std::string& path);

/// The names of all files of forms, sorted.
std::vector<std::string> formFiles(const std::string& folder);

}  // namespace slipway::tests
