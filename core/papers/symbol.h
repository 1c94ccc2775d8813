// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QPainterPath>
#include <QRectF>
#include <QString>
#include <vector>

namespace motcua {

/// A machine-readable code as black and white modules, without its quiet zone.
struct Symbol
{
    int columns = 0;
    int rows = 0;
    std::vector<bool> dark; ///< row after row
};

/// Code 128 (ISO/IEC 15417) of printable ASCII, at most 60 characters.
[[nodiscard]] Result<Symbol> code128(const QString& text);
/// QR (ISO/IEC 18004), UTF-8, error correction M (a folded and stained slip is still read), at most 400
/// bytes.
[[nodiscard]] Result<Symbol> qrCode(const QString& text);

/// The dark modules within `box` as one outline, so that no viewer shows seams between them.
[[nodiscard]] QPainterPath outline(const Symbol& symbol, const QRectF& box);

} // namespace motcua
