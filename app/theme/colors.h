// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace motcua {

/// How the window looks; chosen by the official, kept with the register.
enum class Look
{
    Light,
    Dark,
    HighContrast,
};

/// The quiet palette: near-white surfaces, one accent. Text colours keep at least 4.5:1 against both surfaces
/// (WCAG 2.2, 1.4.3), which a test computes. A state colour never stands without an icon or a word.
struct Colors
{
    QColor window;      ///< behind everything
    QColor surface;     ///< fields, tables, cards
    QColor raised;      ///< rows and panels a shade apart from the surface
    QColor border;      ///< hairlines that only divide
    QColor fieldBorder; ///< around what can be typed into; 3:1 against the surface
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor onAccent;
    QColor accentSoft;
    QColor focus; ///< the ring on top of the accent
    QColor good;
    QColor goodSoft;
    QColor warning;
    QColor warningSoft;
    QColor bad;
    QColor badSoft;
    QColor practice; ///< the top bar of a practice register
    QColor onPractice;
};

[[nodiscard]] const Colors& colorsOf(Look look);

/// The contrast ratio of WCAG 2.2, from 1 to 21.
[[nodiscard]] double contrast(const QColor& one, const QColor& other);

} // namespace motcua
