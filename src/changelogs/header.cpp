#include "changelogs/header.h"

#include "base/text.h"

namespace slipway::changelogs {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isLetter(char c) {
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

/// The end of the block comment that begins at `at`, or npos.
size_t blockCommentEnd(std::string_view text, size_t at) {
    int depth = 1;
    for (at += 2; at + 1 < text.size(); at++) {
        if (text[at] == '/' && text[at + 1] == '*') {
            depth++;
            at++;
        } else if (text[at] == '*' && text[at + 1] == '/') {
            at++;
            if (--depth == 0) return at + 1;
        }
    }
    return std::string_view::npos;
}

/// The length of a field's name at the front of `content`, or 0: one or two words, a capital first, then a colon that
/// a blank follows (so that "See https://..." is none).
size_t nameLength(std::string_view content) {
    if (content.empty() || !isUpper(content[0])) return 0;
    size_t at = 0;
    for (int words = 0; words < 2; words++) {
        while (at < content.size() && isLetter(content[at])) at++;
        if (at == content.size() || content[at] != ' ') break;
        if (words == 0 && at + 1 < content.size() && isLetter(content[at + 1])) at++;
    }
    if (at == content.size() || content[at] != ':') return 0;
    return at + 1 == content.size() || isBlank(content[at + 1]) ? at : 0;
}

/// Reads the header line by line; `open_` is the field that a continuation line would belong to.
class HeaderParser {
  public:
    explicit HeaderParser(std::string_view head) : head_(head) {}

    Header parse() {
        size_t at = head_.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
        for (line_ = 1; at < head_.size(); line_++) {
            const size_t end = std::min(head_.find_first_of("\r\n", at), head_.size());
            takeLine(at, end);
            at = end + (head_.substr(end).starts_with("\r\n") ? 2 : 1);
        }
        return std::move(header_);
    }

  private:
    void takeLine(size_t begin, size_t end) {
        size_t at = begin;
        auto skip = [&](auto wanted) {
            while (at < end && wanted(head_[at])) at++;
        };
        skip(isBlank);
        const std::string_view rest = head_.substr(at, end - at);
        if (inBlock_) {
            if (rest.starts_with('*') && !rest.starts_with("*/")) at++;
        } else if (rest.starts_with("--")) {
            skip([](char c) { return c == '-'; });
        } else if (rest.starts_with("/*")) {
            inBlock_ = true;
            at += 2;
            if (!rest.starts_with("/**/")) skip([](char c) { return c == '*'; });
        } else {
            open_ = false;
            return;
        }
        if (const size_t close = head_.substr(0, end).find("*/", at); inBlock_ && close != std::string_view::npos) {
            inBlock_ = false;
            end = close;
        }
        skip(isBlank);
        while (end > at && isBlank(head_[end - 1])) end--;
        takeContent(at, end, at - begin);
    }

    void takeContent(size_t begin, size_t end, size_t column) {
        const std::string_view content = head_.substr(begin, end - begin);
        if (content.empty()) {
            open_ = false;
        } else if (open_ && column >= column_ + 2) {
            HeaderField& field = header_.fields.back();
            if (field.value.empty())
                field.span.begin = static_cast<uint32_t>(begin);
            else
                field.value += ' ';
            field.value += content;
            field.span.end = static_cast<uint32_t>(end);
        } else if (const size_t length = nameLength(content); length > 0) {
            const std::string_view value = trim(content.substr(length + 1));
            const auto valueBegin = static_cast<uint32_t>(end - value.size());
            header_.fields.push_back({std::string(content.substr(0, length)), std::string(value),
                                      Span{valueBegin, static_cast<uint32_t>(end)}, line_});
            open_ = true;
            column_ = column;
        } else {
            open_ = false;
        }
    }

    std::string_view head_;
    Header header_;
    int line_ = 0;
    bool inBlock_ = false;
    bool open_ = false;
    size_t column_ = 0;
};

}  // namespace

size_t skipComments(std::string_view text) {
    size_t at = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        if (isBlank(text[at])) {
            at++;
        } else if (rest.starts_with("--")) {
            at = std::min(text.find_first_of("\r\n", at), text.size());
        } else if (rest.starts_with("/*")) {
            const size_t end = blockCommentEnd(text, at);
            if (end == std::string_view::npos) return at;
            at = end;
        } else {
            return at;
        }
    }
    return at;
}

Header parseHeader(std::string_view text) {
    return HeaderParser(text.substr(0, skipComments(text))).parse();
}

}  // namespace slipway::changelogs
