// Where the command line speaks: colours and a moving last line in a terminal, plain lines in a pipe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace slipway::cli {

enum class Style { plain, bold, dim, red, green, yellow, cyan };

class Terminal {
  public:
    Terminal();
    ~Terminal();

    /// A whole line on standard output.
    void line(std::string_view text = "");
    /// A whole line on standard error: warnings, what takes long.
    void note(std::string_view text);
    /// A line that the next one overwrites; nothing in a pipe.
    void transient(std::string_view text);
    /// Text in a style, where the terminal has colours (NO_COLOR is honoured).
    std::string styled(std::string_view text, Style style) const;

    bool interactive() const { return interactive_; }
    int width() const { return width_; }

    bool json = false;      ///< --format json: an error is a document, too
    bool document = false;  ///< standard output carries one document and nothing else
    bool quiet = false;

  private:
    void clearTransient();
    bool interactive_;    ///< standard output is a terminal
    bool colours_;
    bool shown_ = false;
    int width_;
};

/// Columns side by side, as wide as their widest cell; the last one is cut to the terminal's width.
std::vector<std::string> table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows, const Terminal& terminal);

}  // namespace slipway::cli
