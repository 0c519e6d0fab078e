// Places at which a test may kill the process, so that "kill -9 at any instant" is tried and not hoped for.
#pragma once

namespace slipway {

/// Marks an instant between two things that last. With SLIPWAY_CRASH_AT=n in the environment the n-th mark that the
/// process passes (from 1) kills it with SIGKILL; with SLIPWAY_CRASH_LOG=file the names passed are appended there.
void crashPoint(const char* name);

}  // namespace slipway
