// Ctrl-C and kill: noted at once, acted upon at the next safe point.
#pragma once

namespace slipway {

/// Makes SIGINT and SIGTERM set a flag instead of ending the process. Called once, by main.
void catchInterrupts();

/// Whether the user has asked to stop.
bool interrupted();

/// Throws Error "interrupted" (exit 130) when the user has asked to stop.
void checkInterrupted();

}  // namespace slipway
