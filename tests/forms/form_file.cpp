#include "forms/form_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace slipway::tests {

namespace {

bool takeDirective(const std::string& line, Form& form) {
    const auto after = [&](std::string_view word) { return std::string(trim(std::string_view(line).substr(word.size()))); };
    if (line.starts_with("@since ")) form.since = std::stoi(after("@since"));
    else if (line.starts_with("@until ")) form.until = std::stoi(after("@until"));
    else if (line.starts_with("@setup ")) form.setup.push_back(after("@setup"));
    else if (line.starts_with("@session ")) form.session.push_back(after("@session"));
    else if (line == "@alone") form.alone = true;
    else return false;
    return true;
}

}  // namespace

std::vector<Form> readForms(const std::string& path) {
    std::ifstream file(path);
    std::vector<Form> forms;
    std::string line;
    bool within = false;
    for (int number = 1; std::getline(file, line); ++number) {
        if (trim(line).empty()) {
            within = false;
        } else if (!within && line.starts_with("# ")) {
            Form& form = forms.emplace_back();
            form.file = std::filesystem::path(path).filename();
            form.line = number;
            form.name = line.substr(2);
            form.production = trim(std::string_view(form.name).substr(0, form.name.find('|')));
            within = true;
        } else if (!within || (forms.back().sql.empty() && line.starts_with('@') && !takeDirective(line, forms.back()))) {
            throw std::runtime_error(path + ":" + std::to_string(number) + ": not a line of a form: " + line);
        } else if (!(forms.back().sql.empty() && line.starts_with('@'))) {
            forms.back().sql += line + "\n";
        }
    }
    return forms;
}

std::vector<std::string> formFiles(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".form") names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

}  // namespace slipway::tests
