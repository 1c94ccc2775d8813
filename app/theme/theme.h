// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/colors.h"

#include <QIcon>
#include <QObject>
#include <QString>

class QApplication;

namespace motcua {

/// Spacing: everything stands on a grid of four pixels.
inline constexpr int kGrid = 4;

/// Palette, font and style sheet of the program. Fusion draws the controls; the sheet adds room, quiet
/// borders and a focus that can be seen from a metre away. Outlives every widget that holds a reference to
/// it.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QApplication& application);

    void setLook(Look look);
    /// 11, 13 or 16; others are brought to the nearest.
    void setPointSize(int points);
    [[nodiscard]] Look look() const { return m_look; }
    [[nodiscard]] int pointSize() const { return m_pointSize; }
    [[nodiscard]] const Colors& colors() const { return colorsOf(m_look); }

    /// One of resources/icons by its name, in one colour, sharp at any scale.
    [[nodiscard]] static QIcon icon(const QString& name, const QColor& ink);
    [[nodiscard]] QIcon icon(const QString& name) const { return icon(name, colors().text); }

signals:
    void changed();

private:
    void apply();

    QApplication& m_application;
    Look m_look = Look::Light;
    int m_pointSize = 11;
};

} // namespace motcua
