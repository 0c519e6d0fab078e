#include "reports/file_lines.h"

#include <algorithm>

#include "base/text.h"
#include "base/width.h"

namespace slipway::reports {

namespace {

constexpr size_t tabStop = 4;

struct Cell {
    std::string text;
    size_t columns = 1;
};

/// What a terminal would make of a line: a cell a character, tabs as blanks, control characters as nothing to obey.
std::vector<Cell> cellsOf(std::string_view line) {
    std::vector<Cell> cells;
    size_t column = 0;
    for (size_t at = 0; at < line.size();) {
        const size_t begin = at;
        const char32_t c = nextCharacter(line, at);
        Cell cell{std::string(line.substr(begin, at - begin)), slipway::columnsOf(c)};
        if (c == '\t') cell = {std::string(tabStop - column % tabStop, ' '), tabStop - column % tabStop};
        else if (c < ' ' || (c >= 0x7F && c < 0xA0)) cell = {"?", 1};
        column += cell.columns;
        cells.push_back(std::move(cell));
    }
    return cells;
}

/// The column at which each cell begins; behind the last one, how wide they are together.
std::vector<size_t> columnsOf(const std::vector<Cell>& cells) {
    std::vector<size_t> columns{0};
    for (const Cell& cell : cells) columns.push_back(columns.back() + cell.columns);
    return columns;
}

/// The last line of a text, as withoutSecrets() shows it.
std::string lastLineShown(std::string_view text) {
    const std::string shown = withoutSecrets(text);
    return shown.substr(shown.find_last_of("\r\n") + 1);
}

Excerpt cutAround(const std::vector<Cell>& cells, size_t caret, size_t width) {
    const std::vector<size_t> columns = columnsOf(cells);
    const size_t all = columns.back();
    size_t first = 0, room = all;
    if (all > width) {  // a third of the room is for what stands before the place, but none is left empty
        const size_t wanted = std::min(caret - std::min(caret, width / 3), all - (width - 1));
        first = static_cast<size_t>(std::ranges::lower_bound(columns, wanted) - columns.begin());
        room = width - (first > 0);
        if (all - columns[first] > room) room--;
    }
    Excerpt excerpt{first > 0 ? "…" : "", std::string(caret - columns[first] + (first > 0), ' ') + "^"};
    size_t end = first;
    for (; end < cells.size() && columns[end + 1] - columns[first] <= room; end++) excerpt.line += cells[end].text;
    if (end < cells.size()) excerpt.line += "…";
    excerpt.line.resize(excerpt.line.find_last_not_of(' ') + 1);
    return excerpt;
}

}  // namespace

FileLines::FileLines(std::string_view text) : text_(text), begins_{text.starts_with("\xEF\xBB\xBF") ? size_t{3} : size_t{0}} {
    for (size_t at = text.find_first_of("\r\n"); at != std::string_view::npos; at = text.find_first_of("\r\n", at)) {
        at += text.substr(at, 2) == "\r\n" ? 2 : 1;
        begins_.push_back(at);
    }
}

std::string_view FileLines::line(int number) const {
    if (!has(number)) return {};
    const std::string_view rest = text_.substr(beginOf(number));
    return rest.substr(0, rest.find_first_of("\r\n"));
}

size_t FileLines::offsetOf(Position place) const {
    if (!has(place.line)) return place.line < 1 ? 0 : text_.size();
    const std::string_view line = this->line(place.line);
    size_t at = 0;
    for (int column = 1; column < place.column && at < line.size(); column++) nextCharacter(line, at);
    return beginOf(place.line) + at;
}

int FileLines::lineOf(size_t offset) const {
    return static_cast<int>(std::max<std::ptrdiff_t>(std::ranges::upper_bound(begins_, offset) - begins_.begin(), 1));
}

Excerpt excerptAt(std::string_view text, const FileLines& lines, Position place, size_t from, size_t width) {
    if (trim(lines.line(place.line)).empty()) return {};
    const size_t begin = lines.beginOf(place.line), offset = lines.offsetOf(place);
    const size_t end = begin + lines.line(place.line).size();
    from = std::min(from, begin);
    const std::vector<Cell> cells = cellsOf(lastLineShown(text.substr(from, end - from)));
    const size_t caret = columnsOf(cellsOf(lastLineShown(text.substr(from, offset - from)))).back();
    return cutAround(cells, std::min(caret, columnsOf(cells).back()), width);
}

}  // namespace slipway::reports
