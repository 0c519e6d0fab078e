#include "base/text.h"

namespace slipway {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

static char lowerChar(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lowerChar);
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lowerChar, lowerChar);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (size_t begin = 0;;) {
        const size_t end = text.find(separator, begin);
        parts.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != parts.data()) out += separator;
        out += part;
    }
    return out;
}

std::string replaceAll(std::string text, std::string_view from, std::string_view to) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
    std::string best;
    size_t bestDistance = word.size() / 3 + 2;  // a third of the letters wrong is no slip any more
    for (const std::string& candidate : candidates) {
        std::vector<size_t> row(candidate.size() + 1);
        for (size_t j = 0; j < row.size(); j++) row[j] = j;
        for (size_t i = 1; i <= word.size(); i++) {
            size_t diagonal = row[0];
            row[0] = i;
            for (size_t j = 1; j < row.size(); j++) {
                const size_t above = row[j];
                const bool same = lowerChar(word[i - 1]) == lowerChar(candidate[j - 1]);
                row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (same ? 0 : 1)});
                diagonal = above;
            }
        }
        if (row.back() < bestDistance) {
            bestDistance = row.back();
            best = candidate;
        }
    }
    return best;
}

std::string withoutSecrets(std::string_view sql) {
    constexpr std::string_view word = "password";
    const std::string small = lower(sql);
    std::string shown;
    size_t done = 0;
    for (size_t at = small.find(word); at != std::string::npos; at = small.find(word, std::max(done, at + 1))) {
        size_t begin = at + word.size();
        const bool option = begin < sql.size() && sql[begin] == '=';  // of a connection string, which ends at a blank
        begin = sql.find_first_not_of(" \t\r\n=", begin);
        if (begin == std::string_view::npos) break;
        if ((small[begin] == 'e' || small[begin] == 'n') && sql.substr(begin + 1, 1) == "'") begin++;
        const bool quoted = sql[begin] == '\'';
        if (!quoted && !option) continue;
        size_t end = quoted ? begin + 1 : sql.find_first_of(" \t\r\n&'\"", begin);
        while (quoted && end < sql.size() && (sql[end] != '\'' || sql.substr(end + 1, 1) == "'")) end += sql[end] == '\'' ? 2 : 1;
        end = std::min(quoted ? end + 1 : end, sql.size());
        shown.append(sql, done, begin - done);
        shown += quoted ? "'***'" : "***";
        done = end;
    }
    return shown.append(sql.substr(done));
}

size_t displayWidth(std::string_view text) {
    return static_cast<size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string abbreviate(std::string_view text, size_t most) {
    if (displayWidth(text) <= most) return std::string(text);
    if (most == 0) return "";
    size_t seen = 0;
    size_t end = 0;
    for (; end < text.size(); end++)
        if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && ++seen == most) break;
    return std::string(text.substr(0, end)) + "…";
}

std::string count(int64_t number, std::string_view noun) { return count(number, noun, fmt::format("{}s", noun)); }

std::string count(int64_t number, std::string_view one, std::string_view many) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<size_t>(at), 1, ',');
    return fmt::format("{} {}", digits, number == 1 ? one : many);
}

}  // namespace slipway
