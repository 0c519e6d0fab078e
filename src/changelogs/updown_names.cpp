#include "changelogs/updown_names.h"

#include "base/text.h"

namespace slipway::changelogs {

namespace {

/// Cuts `ending` off `text`, case ignored; false when it does not end so.
bool cutOff(std::string_view& text, std::string_view ending) {
    if (text.size() < ending.size() || !equalsIgnoringCase(text.substr(text.size() - ending.size()), ending))
        return false;
    text.remove_suffix(ending.size());
    return true;
}

/// Takes "0001_add_users" apart.
bool takeNumber(std::string_view text, bool dashes, PairName& name) {
    const size_t cut = text.find('_');
    std::string number(text.substr(0, cut));
    if (dashes) std::erase(number, '-');
    if (cut == std::string_view::npos || number.find_first_not_of("0123456789") != std::string::npos) return false;
    const std::optional<Version> version = Version::parse(number);
    if (!version) return false;
    name.version = *version;
    std::string_view description = text.substr(cut + 1);
    while (description.ends_with('.') || description.ends_with('_')) description.remove_suffix(1);
    name.description = replaceAll(std::string(description), "_", " ");
    return true;
}

}  // namespace

std::optional<PairName> parsePairName(const std::string& name) {
    PairName result;
    if (const size_t slash = name.find('/'); slash != std::string::npos) {
        const std::string base = lower(name.substr(slash + 1));
        if (base != "up.sql" && base != "down.sql") return std::nullopt;
        result.form = PairName::Form::folder;
        result.up = base == "up.sql";
        result.stem = name.substr(0, slash) + "/migration";
        if (!takeNumber(std::string_view(name).substr(0, slash), true, result)) return std::nullopt;
        return result;
    }
    std::string_view rest = name;
    if (!cutOff(rest, ".sql")) return std::nullopt;
    if (cutOff(rest, ".down") || cutOff(rest, "_down"))
        result.up = false;
    else if (!cutOff(rest, ".up") && !cutOff(rest, "_up"))
        result.form = PairName::Form::single;
    result.stem = rest;
    if (!takeNumber(rest, false, result)) return std::nullopt;
    return result;
}

}  // namespace slipway::changelogs
