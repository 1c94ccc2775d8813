// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QGridLayout;
class QLabel;

namespace motcua {

/// A card of figures: what, how many, and a few words beside. Lines are made once and filled again and again,
/// so that nothing jumps while somebody reads.
class FigureCard : public QFrame
{
    Q_OBJECT
public:
    explicit FigureCard(const QString& title, QWidget* parent = nullptr);

    /// The line's number. `id` is for tests.
    int add(const QString& label, const char* id);
    /// `role` is the style of the words beside: "good", "problem", "small".
    void set(int line, const QString& value, const QString& note = {}, const char* role = "small");

private:
    struct Line
    {
        QLabel* value;
        QLabel* note;
        QString label;
    };

    QGridLayout* m_grid;
    std::vector<Line> m_lines;
};

} // namespace motcua
