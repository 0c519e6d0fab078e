// One script judged: what its statements do, and why they cannot run.
#pragma once

#include "apply/segments.h"
#include "engines/engine.h"
#include "engines/postgres/predict.h"
#include "model/release_effects.h"

namespace slipway::commands {

/// An error about a script as a finding about it.
Finding findingOf(const Error& error);

/// Whether an error says what is wrong with a script's text, so that the other scripts can be judged nevertheless.
bool isAboutText(const Error& error);

/// Plays `script` and judges each statement. What cannot be read is a finding, and what lies before and, where that is
/// clear, behind it is judged nevertheless.
JudgedScript judge(postgres::Predictor& predictor, ScriptText script, const apply::CutOptions& options, int serverMajor);

}  // namespace slipway::commands
