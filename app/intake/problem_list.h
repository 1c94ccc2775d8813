// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"

#include <QFrame>

#include <string>
#include <vector>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace motcua {

/// Everything that is wrong, at the top of the form; each line jumps to its field.
class ProblemList : public QFrame
{
    Q_OBJECT
public:
    struct Line
    {
        Problem problem;
        QString label; ///< of the field; empty: none
    };
    explicit ProblemList(QWidget* parent = nullptr);
    void show(const std::vector<Line>& lines);

signals:
    void chosen(const std::string& pointer);

private:
    QLabel* m_title;
    QScrollArea* m_scroll;
    QVBoxLayout* m_lines;
};

} // namespace motcua
