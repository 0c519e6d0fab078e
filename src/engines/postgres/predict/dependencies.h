// What depends on what: the pg_depend of a World.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engines/postgres/predict/store.h"

namespace slipway::postgres {

/// Names a column within its relation, from 1 in the order of creation, as pg_attribute.attnum; 0 is none.
using Attribute = int16_t;

/// How a dependent goes when what it depends on goes (manual, "pg_depend").
enum class Bond : uint8_t {
    normal,     ///< it stands in the way unless CASCADE is said
    automatic,  ///< it goes along
    internal    ///< it is a part, and cannot go alone
};

struct Dependent {
    Id object = 0;
    Attribute column = 0;      ///< the dependent is this column of `object` ...
    bool isDefault = false;    ///< ... or only the default of it
    Attribute onColumn = 0;    ///< it depends on this column of what it depends on; 0: on the whole
    Bond bond = Bond::normal;
};

/// Each dependency stands in two lists, that of what depends and that of what it depends on, so that one which comes or
/// goes costs the same however much depends on a table.
class Dependencies {
  public:
    /// Told again, nothing changes.
    void add(const Dependent& dependent, Id on);
    /// `object` depends on nothing any more; with a column only that column, or its default.
    void release(Id object, Attribute column = 0, bool isDefault = false);
    /// `object` as a whole, or its column, no longer depends on `on`.
    void separate(Id object, Id on, Attribute column = 0);
    /// The object is gone: nothing depends on it, and it on nothing.
    void erase(Id object);

    /// Those that depend on an object, or on a column of it, in the order in which they were told.
    std::vector<Dependent> on(Id object, Attribute column = 0) const;
    /// What `object` depends on: itself as a whole, or its column, or the default of its column.
    std::vector<Id> of(Id object, Attribute column, bool isDefault) const;

  private:
    using Place = uint32_t;  ///< in edges_; 0 is none
    struct Edge {
        Dependent dependent;
        Id on = 0;
        Place nextOn = 0, previousOn = 0;  ///< among those that depend on the same
        Place nextOf = 0, previousOf = 0;  ///< among what the same depends on
    };
    struct Ends {
        Place firstOn = 0, lastOn = 0, firstOf = 0, lastOf = 0;
    };

    const Ends& ends(Id object) const;
    Ends& ends(Id object);
    void remove(Place place);

    std::array<std::vector<Ends>, size_t{1} << kindBits> ends_;  ///< by kind and number
    std::vector<Edge> edges_ = std::vector<Edge>(1);
    std::vector<Place> free_;
};

}  // namespace slipway::postgres
