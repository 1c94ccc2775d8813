// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace motcua {

/// gzip at level 1: an operation shrinks to a third, and no counter waits for its processor.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Unpacks at most `limit` bytes. Invalid: broken, cut off, more than the limit (a bomb), or something behind
/// the end. Needs no more memory than the limit, whatever the input says about itself.
[[nodiscard]] Result<std::string> gunzip(std::string_view packed, std::size_t limit);

} // namespace motcua
