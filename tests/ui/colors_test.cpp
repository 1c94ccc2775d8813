// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/colors.h"

#include <catch2/catch.hpp>

namespace motcua {

TEST_CASE("every ink can be read on every surface it stands on")
{
    const auto look = GENERATE(Look::Light, Look::Dark, Look::HighContrast);
    const Colors& colors = colorsOf(look);

    for (const QColor& ground : {colors.window, colors.surface, colors.raised}) {
        for (const QColor& ink :
             {colors.text, colors.mutedText, colors.accent, colors.good, colors.warning, colors.bad}) {
            INFO(ink.name().toStdString() << " on " << ground.name().toStdString());
            CHECK(contrast(ink, ground) >= 4.5);
        }
        CHECK(contrast(colors.fieldBorder, ground) >= 3.0);
    }
    CHECK(contrast(colors.onAccent, colors.accent) >= 4.5);
    CHECK(contrast(colors.onPractice, colors.practice) >= 4.5);
    CHECK(contrast(colors.text, colors.accentSoft) >= 4.5);
    CHECK(contrast(colors.accent, colors.accentSoft) >= 4.5);
    CHECK(contrast(colors.bad, colors.badSoft) >= 4.5);
    CHECK(contrast(colors.warning, colors.warningSoft) >= 4.5);
    CHECK(contrast(colors.good, colors.goodSoft) >= 4.5);
}

TEST_CASE("contrast is that of WCAG")
{
    CHECK(contrast(Qt::black, Qt::white) == Approx(21.0));
    CHECK(contrast(Qt::white, Qt::white) == Approx(1.0));
    CHECK(contrast(QColor(0x76, 0x76, 0x76), Qt::white) == Approx(4.54).margin(0.01));
}

} // namespace motcua
