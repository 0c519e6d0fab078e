// The objects of one kind in a World.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <utility>

namespace slipway::postgres {

/// Names one object of a World; 0 is none. Never used again after the object is gone.
using Id = uint32_t;

enum class ObjectKind : uint8_t {
    none, schema, relation, type, function, constraint, trigger, rule, policy, statistics, other
};
constexpr int kindBits = 4, numberBits = 32 - kindBits;
constexpr ObjectKind kindOf(Id id) { return static_cast<ObjectKind>(id >> numberBits); }
/// The place among the objects of its kind, from 0 in the order of creation.
constexpr uint32_t numberOf(Id id) { return id & ((Id{1} << numberBits) - 1); }

/// Objects by their number, so that finding one costs no hash. They stay where they are while others come and go.
template <class T>
class Store {
  public:
    explicit Store(ObjectKind kind) : kind_(kind) {}

    /// Makes an object, which has its id.
    T& add() {
        T& made = slots_.emplace_back(std::in_place).value();
        made.id = (static_cast<Id>(kind_) << numberBits) | static_cast<Id>(slots_.size() - 1);
        ++count_;
        return made;
    }
    void erase(Id id) {
        if (!contains(id)) return;
        slots_[numberOf(id)].reset();
        --count_;
    }

    bool contains(Id id) const { return kindOf(id) == kind_ && numberOf(id) < slots_.size() && slots_[numberOf(id)]; }
    const T& at(Id id) const {
        if (!contains(id)) throw std::out_of_range("no object of the world has this id");
        return *slots_[numberOf(id)];
    }
    T& at(Id id) { return const_cast<T&>(std::as_const(*this).at(id)); }
    bool empty() const { return count_ == 0; }

    /// Those that are there, in the order of creation.
    auto all() const {
        return slots_ | std::views::filter([](const std::optional<T>& slot) { return slot.has_value(); }) |
               std::views::transform([](const std::optional<T>& slot) -> const T& { return *slot; });
    }

  private:
    ObjectKind kind_;
    size_t count_ = 0;
    std::deque<std::optional<T>> slots_;
};

}  // namespace slipway::postgres
