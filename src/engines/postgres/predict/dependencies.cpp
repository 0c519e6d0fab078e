#include "engines/postgres/predict/dependencies.h"

#include <algorithm>

namespace slipway::postgres {

const Dependencies::Ends& Dependencies::ends(Id object) const {
    static const Ends none;
    const std::vector<Ends>& known = ends_[static_cast<size_t>(kindOf(object))];
    return numberOf(object) < known.size() ? known[numberOf(object)] : none;
}

Dependencies::Ends& Dependencies::ends(Id object) {
    std::vector<Ends>& known = ends_[static_cast<size_t>(kindOf(object))];
    if (numberOf(object) >= known.size()) known.resize(numberOf(object) + 1);
    return known[numberOf(object)];
}

void Dependencies::add(const Dependent& dependent, Id on) {
    Ends& from = ends(dependent.object);
    for (Place at = from.firstOf; at; at = edges_[at].nextOf) {
        const Dependent& known = edges_[at].dependent;
        if (edges_[at].on == on && known.column == dependent.column && known.isDefault == dependent.isDefault && known.onColumn == dependent.onColumn) return;
    }
    Place place = static_cast<Place>(edges_.size());
    if (free_.empty()) {
        edges_.emplace_back();
    } else {
        place = free_.back();
        free_.pop_back();
    }
    (from.lastOf ? edges_[from.lastOf].nextOf : from.firstOf) = place;
    const Place previousOf = std::exchange(from.lastOf, place);
    Ends& to = ends(on);  // which may move `from`
    (to.lastOn ? edges_[to.lastOn].nextOn : to.firstOn) = place;
    const Place previousOn = std::exchange(to.lastOn, place);
    edges_[place] = {.dependent = dependent, .on = on, .previousOn = previousOn, .previousOf = previousOf};
}

void Dependencies::remove(Place place) {
    const Edge edge = edges_[place];
    Ends& from = ends(edge.dependent.object);
    (edge.previousOf ? edges_[edge.previousOf].nextOf : from.firstOf) = edge.nextOf;
    (edge.nextOf ? edges_[edge.nextOf].previousOf : from.lastOf) = edge.previousOf;
    Ends& to = ends(edge.on);
    (edge.previousOn ? edges_[edge.previousOn].nextOn : to.firstOn) = edge.nextOn;
    (edge.nextOn ? edges_[edge.nextOn].previousOn : to.lastOn) = edge.previousOn;
    free_.push_back(place);
}

void Dependencies::release(Id object, Attribute column, bool isDefault) {
    for (Place at = ends(object).firstOf, next = 0; at; at = next) {
        next = edges_[at].nextOf;
        const Dependent& held = edges_[at].dependent;
        if (column == 0 || (held.column == column && held.isDefault == isDefault)) remove(at);
    }
}

void Dependencies::separate(Id object, Id on, Attribute column) {
    for (Place at = ends(object).firstOf, next = 0; at; at = next) {
        next = edges_[at].nextOf;
        if (edges_[at].on == on && edges_[at].dependent.column == column && !edges_[at].dependent.isDefault) remove(at);
    }
}

void Dependencies::erase(Id object) {
    release(object);
    while (const Place at = ends(object).firstOn) remove(at);
}

std::vector<Dependent> Dependencies::on(Id object, Attribute column) const {
    std::vector<Dependent> found;
    for (Place at = ends(object).firstOn; at; at = edges_[at].nextOn)
        if (column == 0 || edges_[at].dependent.onColumn == column) found.push_back(edges_[at].dependent);
    return found;
}

std::vector<Id> Dependencies::of(Id object, Attribute column, bool isDefault) const {
    std::vector<Id> found;
    for (Place at = ends(object).firstOf; at; at = edges_[at].nextOf) {
        const Dependent& held = edges_[at].dependent;
        if (held.column == column && held.isDefault == isDefault && std::ranges::find(found, edges_[at].on) == found.end())
            found.push_back(edges_[at].on);
    }
    return found;
}

}  // namespace slipway::postgres
