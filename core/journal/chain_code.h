// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <string>

namespace motcua {

/// A place of the chain as people write it down and compare it: the first hundred bits in four groups of five
/// letters and figures, "ABCDE-FGHIJ-KLMNO-23456" (base32 of RFC 4648: no 0, 1, 8, 9). Who finds the same
/// code at the same place later knows that nothing before it was changed.
[[nodiscard]] std::string chainCode(const Hash& chain);

/// The same place for machines: "motcua:head:INSTALL-EPOCH-SEQ:CHAIN", the chain in full.
[[nodiscard]] std::string headText(const std::string& install, const JournalHead& head);

} // namespace motcua
