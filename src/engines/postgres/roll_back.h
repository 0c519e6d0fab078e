// The end of a transaction, however its work is left.
#pragma once

#include "engines/postgres/connect.h"

namespace slipway::postgres {

/// Rolls back what is still open on the session when it goes out of scope, so that the session stays usable.
class RollBack {
  public:
    explicit RollBack(Connection& connection) : connection_(connection) {}
    ~RollBack() {
        if (!connection_.alive() || connection_.transaction() == Transaction::idle) return;
        try {
            connection_.run("ROLLBACK");
        } catch (const std::exception&) {
            // The session is lost, and the server has rolled back.
        }
    }
    RollBack(const RollBack&) = delete;
    RollBack& operator=(const RollBack&) = delete;

  private:
    Connection& connection_;
};

}  // namespace slipway::postgres
