// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/book_desk.h"

#include <QString>
#include <QStringList>

#include <optional>

class QWidget;

namespace motcua {

class Theme;

/// "Ký và vào sổ": says which book and number, asks who signed, gives the number. What was entered, or
/// nothing. `office`: where it is registered, as the entry keeps it.
[[nodiscard]] std::optional<SignedEntries> askToSign(Theme& theme, Desk& desk, const std::string& code,
                                                     QWidget* window, const std::string& office = {});

/// "Sổ đăng ký khai sinh năm 2026, quyển 1, số 05" of each entry of a dossier; cancelled ones say so.
[[nodiscard]] QStringList bookLines(Desk& desk, const std::string& code);

/// Why signing is not offered: the procedure has no book, or the dossier is in it already.
[[nodiscard]] bool maySignInto(Desk& desk, const std::string& code);

} // namespace motcua
