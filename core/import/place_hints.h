// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/ledger_entry.h"

#include <memory>

namespace motcua {

class PlaceReader;

/// Hints from the mergers of 2025: the units of today that a commune named as it was went into. Nothing where
/// there are more than three, for then the name alone says too little. Answers are remembered, a ledger names
/// the same hundred places again and again.
[[nodiscard]] PlaceHints placeHints(std::shared_ptr<const PlaceReader> reader);

} // namespace motcua
