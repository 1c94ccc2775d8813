// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QString>

#include <string>
#include <string_view>

namespace motcua {

[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline std::string toUtf8(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Text from outside as a label may show it: at most 2,000 characters, line breaks and control characters as
/// spaces, and a place to break in each run that would otherwise push the window wide.
[[nodiscard]] QString displayText(const QString& text);
[[nodiscard]] QString displayText(std::string_view text);

/// "09:12" today, "09:12 20/11" another day.
[[nodiscard]] QString shortTime(Instant instant, Instant now);
/// "21/11/2026".
[[nodiscard]] QString shortDay(Instant instant);
/// "16:30 ngày 21/11/2026".
[[nodiscard]] QString longTime(Instant instant);
/// How long ago or until: "vừa xong", "12 phút", "2 giờ", "3 ngày".
[[nodiscard]] QString spanWords(Millis span);
/// "340 KB", "1,2 MB".
[[nodiscard]] QString sizeWords(std::int64_t bytes);

} // namespace motcua
