// The project's history in Git, asked by running git itself: it knows every kind of checkout, and nothing is loaded for it.
#pragma once

#include <string>
#include <vector>

namespace slipway::outside {

/// A file that a branch adds, changes or deletes.
struct GitChange {
    char kind = 'A';   ///< A added, M changed, D deleted; a renamed file is deleted and added
    std::string path;  ///< from the top of the repository
};

/// A repository around a folder. Each function throws Error (outside): "git-missing" where there is no git, "git-failed" with what
/// git said.
class Git {
  public:
    /// Throws "git-none" (usage) where `folder` lies in no repository.
    explicit Git(const std::string& folder);

    const std::string& top() const { return top_; }

    /// The commit that a name stands for: a branch, a tag, origin/main. Throws "git-unknown" (usage) with the nearest branch.
    std::string commit(const std::string& name) const;
    /// Where two lines of history part. Throws "git-shallow" (usage) where the checkout does not reach back so far, "git-unrelated"
    /// (usage) where they have nothing in common.
    std::string mergeBase(const std::string& one, const std::string& other) const;
    /// What differs from `base` at `commit`; without one, in the working tree, files that git does not know yet among it.
    std::vector<GitChange> changes(const std::string& base, const std::string& commit = "") const;
    /// Remote and local branches that hold commits which `base` has not; without the one that is checked out and its remote.
    std::vector<std::string> openBranches(const std::string& base) const;
    /// A file's text at a commit.
    std::string file(const std::string& commit, const std::string& path) const;
    /// Who committed last to that path in `range`: "Ada Lovelace"; "" when nobody did yet.
    std::string author(const std::string& range, const std::string& path) const;

  private:
    std::string ask(const std::vector<std::string>& arguments) const;
    bool tell(const std::vector<std::string>& arguments, std::string& output) const;

    std::string folder_, top_;
};

}  // namespace slipway::outside
