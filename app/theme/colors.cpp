// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/colors.h"

#include <algorithm>
#include <cmath>

namespace motcua {

namespace {

QColor rgb(unsigned value)
{
    return QColor::fromRgb(value);
}

const Colors& light()
{
    static const Colors colors{
        .window = rgb(0xF3F5F8),
        .surface = rgb(0xFFFFFF),
        .raised = rgb(0xF8FAFC),
        .border = rgb(0xD5DBE2),
        .fieldBorder = rgb(0x7C8896),
        .text = rgb(0x18222D),
        .mutedText = rgb(0x52606D),
        .accent = rgb(0x12467E),
        .onAccent = rgb(0xFFFFFF),
        .accentSoft = rgb(0xE3ECF6),
        .focus = rgb(0xF2B93B),
        .good = rgb(0x1B6635),
        .goodSoft = rgb(0xE4F3E8),
        .warning = rgb(0x855000),
        .warningSoft = rgb(0xFDF1DA),
        .bad = rgb(0xA61B1B),
        .badSoft = rgb(0xFCE8E6),
        .practice = rgb(0x7A3E00),
        .onPractice = rgb(0xFFFFFF),
    };
    return colors;
}

const Colors& dark()
{
    static const Colors colors{
        .window = rgb(0x14191F),
        .surface = rgb(0x1C232B),
        .raised = rgb(0x222A33),
        .border = rgb(0x36414D),
        .fieldBorder = rgb(0x8794A3),
        .text = rgb(0xE8EDF2),
        .mutedText = rgb(0xA9B5C2),
        .accent = rgb(0x8CBBF1),
        .onAccent = rgb(0x0B1A2B),
        .accentSoft = rgb(0x1F3550),
        .focus = rgb(0xF2B93B),
        .good = rgb(0x7FD39A),
        .goodSoft = rgb(0x18301F),
        .warning = rgb(0xF2C26B),
        .warningSoft = rgb(0x352A14),
        .bad = rgb(0xFF9E94),
        .badSoft = rgb(0x3D1D1B),
        .practice = rgb(0xF2B15C),
        .onPractice = rgb(0x241300),
    };
    return colors;
}

const Colors& highContrast()
{
    static const Colors colors{
        .window = rgb(0xFFFFFF),
        .surface = rgb(0xFFFFFF),
        .raised = rgb(0xFFFFFF),
        .border = rgb(0x000000),
        .fieldBorder = rgb(0x000000),
        .text = rgb(0x000000),
        .mutedText = rgb(0x000000),
        .accent = rgb(0x00309A),
        .onAccent = rgb(0xFFFFFF),
        .accentSoft = rgb(0xFFFFCC),
        .focus = rgb(0xFFD500),
        .good = rgb(0x004D1A),
        .goodSoft = rgb(0xFFFFFF),
        .warning = rgb(0x663300),
        .warningSoft = rgb(0xFFFFFF),
        .bad = rgb(0x8F0000),
        .badSoft = rgb(0xFFFFFF),
        .practice = rgb(0x5C0066),
        .onPractice = rgb(0xFFFFFF),
    };
    return colors;
}

double luminance(const QColor& color)
{
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) +
           0.0722 * channel(color.blueF());
}

} // namespace

const Colors& colorsOf(Look look)
{
    switch (look) {
    case Look::Dark:
        return dark();
    case Look::HighContrast:
        return highContrast();
    case Look::Light:
        break;
    }
    return light();
}

double contrast(const QColor& one, const QColor& other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace motcua
