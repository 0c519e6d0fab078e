#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

#include "base/text.h"

namespace slipway::cli {

Terminal::Terminal() {
    interactive_ = isatty(STDOUT_FILENO) == 1;
    const char* term = std::getenv("TERM");
    colours_ = interactive_ && !std::getenv("NO_COLOR") && term && std::string_view(term) != "dumb";
    winsize size{};
    width_ = interactive_ && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 120;
}

Terminal::~Terminal() {
    clearTransient();
    std::fflush(stdout);
}

void Terminal::clearTransient() {
    if (shown_) std::fputs("\r\033[K", stdout);
    shown_ = false;
}

void Terminal::line(std::string_view text) {
    clearTransient();
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
    if (interactive_) std::fflush(stdout);
}

void Terminal::note(std::string_view text) {
    clearTransient();
    std::fflush(stdout);  // both streams often end in one file, where order matters
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

void Terminal::transient(std::string_view text) {
    if (!interactive_ || document) return;
    clearTransient();
    const std::string fits = abbreviate(text, static_cast<size_t>(width_ - 1));
    std::fwrite(fits.data(), 1, fits.size(), stdout);
    std::fflush(stdout);
    shown_ = true;
}

std::string Terminal::styled(std::string_view text, Style style) const {
    if (!colours_ || style == Style::plain) return std::string(text);
    static constexpr const char* codes[] = {"", "1", "2", "31", "32", "33", "36"};
    return fmt::format("\033[{}m{}\033[0m", codes[static_cast<int>(style)], text);
}

std::vector<std::string> table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows, const Terminal& terminal) {
    std::vector<size_t> widths;
    for (const std::string& title : head) widths.push_back(displayWidth(title));
    for (const auto& row : rows)
        for (size_t i = 0; i < row.size() && i < widths.size(); i++) widths[i] = std::max(widths[i], displayWidth(row[i]));
    std::vector<std::string> lines;
    auto lay = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (size_t i = 0; i < cells.size(); i++) {
            line += cells[i];
            if (i + 1 < cells.size()) line += std::string(widths[i] - displayWidth(cells[i]) + 2, ' ');
        }
        while (line.ends_with(' ')) line.pop_back();
        return terminal.interactive() ? abbreviate(line, static_cast<size_t>(terminal.width())) : line;
    };
    lines.push_back(terminal.styled(lay(head), Style::bold));
    for (const auto& row : rows) lines.push_back(lay(row));
    return lines;
}

}  // namespace slipway::cli
