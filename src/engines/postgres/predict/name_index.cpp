#include "engines/postgres/predict/name_index.h"

#include <algorithm>
#include <bit>

namespace slipway::postgres {

void NameIndex::add(uint32_t hash, Id id) {
    if (entries_.size() >= first_.size()) grow();
    uint32_t& first = first_[bucketOf(hash)];
    entries_.push_back({hash, id, first});
    first = static_cast<uint32_t>(entries_.size() - 1);
}

void NameIndex::remove(uint32_t hash, Id id) {
    if (first_.empty()) return;
    for (uint32_t* at = &first_[bucketOf(hash)]; *at != nowhere; at = &entries_[*at].next) {
        Entry& entry = entries_[*at];
        if (entry.id != id || entry.hash != hash) continue;
        *at = entry.next;
        entry.id = 0;
        return;
    }
}

/// Makes room, first of all where entries were removed.
void NameIndex::grow() {
    constexpr size_t fewest = 16;
    std::erase_if(entries_, [](const Entry& entry) { return entry.id == 0; });
    first_.assign(std::bit_ceil(std::max(entries_.size() * 2, fewest)), nowhere);
    for (uint32_t i = 0; i < entries_.size(); ++i) entries_[i].next = std::exchange(first_[bucketOf(entries_[i].hash)], i);
}

}  // namespace slipway::postgres
