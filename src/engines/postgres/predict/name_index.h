// Finds the objects of a World by their names.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/store.h"

namespace slipway::postgres {

/// Keeps no names itself: who asks compares them with those that the objects have. Of several objects with one name
/// the newest is found first.
class NameIndex {
  public:
    static uint32_t hashOf(ObjectKind kind, Id schema, std::string_view name) {
        constexpr size_t spread = 0x9E3779B97F4A7C15;
        const size_t hash = std::hash<std::string_view>()(name) ^ (spread * (schema + static_cast<size_t>(kind)));
        return static_cast<uint32_t>(hash ^ (hash >> 32));
    }

    void add(uint32_t hash, Id id);
    void remove(uint32_t hash, Id id);

    /// The first of the objects with this hash that `matches`; 0 when there is none.
    template <class Matches>
    Id find(uint32_t hash, const Matches& matches) const {
        if (first_.empty()) return 0;
        for (uint32_t at = first_[bucketOf(hash)]; at != nowhere; at = entries_[at].next)
            if (entries_[at].hash == hash && entries_[at].id && matches(entries_[at].id)) return entries_[at].id;
        return 0;
    }

  private:
    static constexpr uint32_t nowhere = UINT32_MAX;
    struct Entry {
        uint32_t hash;
        Id id;
        uint32_t next;
    };

    size_t bucketOf(uint32_t hash) const { return hash & (first_.size() - 1); }
    void grow();

    std::vector<uint32_t> first_;  ///< the newest entry of each bucket; a power of two of them
    std::vector<Entry> entries_;   ///< in the order in which they came
};

}  // namespace slipway::postgres
