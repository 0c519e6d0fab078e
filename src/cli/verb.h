#pragma once
#include <span>
namespace slipway::cli { struct Verb {}; }
