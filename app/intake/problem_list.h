// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/problem.h"

#include <QFrame>

#include <string>
#include <vector>

class QLabel;
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
        QString label;       ///< of the field; empty: none
        std::string pointer; ///< of the field on the screen; empty: none
    };
    explicit ProblemList(QWidget* parent = nullptr);
    void show(const std::vector<Line>& lines);

signals:
    void chosen(const std::string& pointer);

private:
    QLabel* m_title;
    QVBoxLayout* m_lines;
};

} // namespace motcua
