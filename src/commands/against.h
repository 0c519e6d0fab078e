// check --against: what a branch adds, beside what its base has and what other branches add.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "commands/project.h"
#include "model/release_effects.h"

namespace slipway::commands {

/// A migration of another branch that is not merged.
struct Elsewhere {
    std::string branch, author;
    std::string file;  ///< from the top of the repository
    std::string version;
    std::string text;
};

struct Branch {
    std::string base;                     ///< the name that was given
    std::set<std::string> added;          ///< paths of scripts that this branch adds
    std::vector<Finding> findings;        ///< about files that the base has, too
    std::vector<Elsewhere> elsewhere;     ///< what other open branches add
};

/// Throws what outside::Git throws.
Branch branchAgainst(const Project& project, const std::string& base);

/// The same version in another open branch, and tables that both change. `tablesOf` tells the tables that a script of
/// another branch alters.
void compareWithElsewhere(const Branch& branch, const std::function<std::set<std::string>(const Elsewhere&)>& tablesOf, ReleaseEffects& release);

}  // namespace slipway::commands
