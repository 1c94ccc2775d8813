// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <filesystem>

namespace motcua {

/// What the window was started with (contracts/cli.md, "The other programs").
struct Options
{
    std::filesystem::path folder; ///< the register's; empty: the usual place
    bool practice = false;        ///< a throw-away register with made-up dossiers
    QString portal;
    QString enrolmentCode;
    QString tour;              ///< play a counter's day by itself and leave its papers here; empty: no
    bool measureStart = false; ///< sign in by MOTCUA_USER and MOTCUA_PASSWORD_FILE, say how long it took, end

    QString wrong; ///< why it cannot be started like that; empty: fine
};

[[nodiscard]] Options readOptions(const QStringList& arguments);

} // namespace motcua
