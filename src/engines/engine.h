// What every database offers to the layers above: the only header of the engines that apply, data and stages include.
// PostgreSQL is the only engine so far, and its own types stand here. The abstract port is drawn when the second
// engine comes (docs/decisions/0001-one-engine-until-there-are-two.md), from two examples rather than from a guess.
#pragma once

#include "engines/postgres/clone.h"
#include "engines/postgres/connect.h"
#include "engines/postgres/history.h"
#include "engines/postgres/inspect.h"
#include "engines/postgres/journal.h"
#include "engines/postgres/lock.h"
#include "engines/postgres/mark.h"
#include "engines/postgres/observe.h"
#include "engines/postgres/parse.h"
#include "engines/postgres/prepared_rows.h"
#include "engines/postgres/probe.h"
#include "engines/postgres/scratch.h"
