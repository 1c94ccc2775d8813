// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace motcua {

/// The places of the window by their names in tests and settings.
inline const QString kIntake = QStringLiteral("intake");
inline const QString kRegister = QStringLiteral("register");
inline const QString kAppointments = QStringLiteral("appointments");
inline const QString kQueue = QStringLiteral("queue");
inline const QString kNeedsYou = QStringLiteral("needs-you");
inline const QString kDay = QStringLiteral("day");
inline const QString kBooks = QStringLiteral("books");
inline const QString kReports = QStringLiteral("reports");
inline const QString kHelp = QStringLiteral("help");

} // namespace motcua
