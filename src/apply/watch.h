// Who keeps a statement waiting.
#pragma once

#include "apply/context.h"

namespace slipway::apply {

/// While it lives, the sink hears of a statement that takes longer, and of the sessions that are in its way. They are
/// asked for from a second session, since the first one is busy.
class Watch {
  public:
    /// `about` names the statement in the events.
    Watch(Context& context, Event about);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// Who was in the way when it was last looked.
    const std::vector<std::string>& blockers() const { return blockers_; }

  private:
    void look(Milliseconds since);

    Context& context_;
    Event about_;
    std::optional<Milliseconds> looked_;
    std::vector<std::string> blockers_;
};

}  // namespace slipway::apply
