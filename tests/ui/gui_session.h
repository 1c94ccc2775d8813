// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"

#include <QTemporaryDir>
#include <QWidget>

#include <memory>

namespace motcua::test {

/// Says that a test needs the application object, which the run of the program makes; offscreen.
void needGui();

/// For whoever looks: a picture of the widget as NAME.png, in the folder that the environment's VARIABLE
/// names.
void keepPicture(QWidget& widget, const char* variable, const QString& name);

/// An empty practice register of Phúc Thọ in a folder of its own, at 09:00 on Friday 20/11/2026.
struct OpenRegister
{
    OpenRegister();
    /// Signs out and in again, as after a power cut.
    void reopen();
    /// Takes three certified copies in; gives the dossier's code.
    [[nodiscard]] std::string receive();

    static constexpr const char* kPassword = "mot-hai-ba";

    QTemporaryDir folder;
    std::unique_ptr<Workplace> place;
};

} // namespace motcua::test
