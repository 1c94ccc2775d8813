// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

class QPainter;

namespace motcua {

class Theme;

/// A place in the left column: icon, word, its key, and a number where something waits there.
class PlaceButton : public QAbstractButton
{
    Q_OBJECT
public:
    PlaceButton(Theme& theme, const QString& icon, const QString& word, const QString& key, QWidget* parent);

    void setCount(qint64 count, bool urgent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintCount(QPainter& painter);
    [[nodiscard]] QFont smallFont() const;
    [[nodiscard]] QString countText() const;
    [[nodiscard]] int pillWidth(const QFontMetrics& metrics) const;

    Theme& m_theme;
    QString m_icon;
    QString m_word;
    QString m_key;
    qint64 m_count = 0;
    bool m_urgent = false;
};

} // namespace motcua
