// What most objects of a World have not got, and which therefore takes no place in them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace slipway::postgres {

/// A value of its own that may be absent, as std::optional, but elsewhere in memory.
template <class T>
class Boxed {
  public:
    Boxed() = default;
    Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}
    Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Boxed(Boxed&&) noexcept = default;
    Boxed& operator=(Boxed other) noexcept {
        value_.swap(other.value_);
        return *this;
    }

    explicit operator bool() const { return value_ != nullptr; }
    bool has_value() const { return value_ != nullptr; }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }
    T& emplace() { return *(value_ = std::make_unique<T>()); }
    void reset() { value_.reset(); }

  private:
    std::unique_ptr<T> value_;
};

/// A value that is seldom other than its default.
template <class T>
class Rare {
  public:
    Rare() = default;
    Rare& operator=(T value) {
        value_ = Boxed<T>(std::move(value));
        return *this;
    }

    const T& operator*() const {
        static const T usual{};
        return value_ ? *value_ : usual;
    }
    const T* operator->() const { return &**this; }
    operator const T&() const { return **this; }
    T& edit() { return value_ ? *value_ : value_.emplace(); }
    void reset() { value_.reset(); }

  private:
    Boxed<T> value_;
};

/// A text that is mostly empty.
class RareText {
  public:
    RareText() = default;
    RareText(std::string_view text) { *this = text; }
    RareText& operator=(std::string_view text) {
        if (text.empty())
            text_.reset();
        else
            text_ = std::string(text);
        return *this;
    }

    const std::string& str() const {
        static const std::string none;
        return text_ ? *text_ : none;
    }
    operator const std::string&() const { return str(); }
    bool empty() const { return !text_; }
    void clear() { text_.reset(); }
    friend bool operator==(const RareText& a, const RareText& b) { return a.str() == b.str(); }
    friend bool operator==(const RareText& a, std::string_view b) { return a.str() == b; }

  private:
    Boxed<std::string> text_;
};

}  // namespace slipway::postgres
