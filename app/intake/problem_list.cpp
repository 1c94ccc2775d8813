// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/problem_list.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <algorithm>

namespace motcua {

ProblemList::ProblemList(QWidget* parent)
    : QFrame(parent), m_title(makeLabel({}, "label")), m_lines(new QVBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kGrid, 3 * kGrid, 4 * kGrid, 3 * kGrid);
    column->setSpacing(kGrid);
    column->addWidget(m_title);
    m_lines->setSpacing(0);
    column->addLayout(m_lines);
    named(this, "problemList", tr("Danh sách lỗi"));
    hide();
}

void ProblemList::show(const std::vector<Line>& lines)
{
    clearLayout(m_lines);
    const auto hard = std::count_if(lines.begin(), lines.end(),
                                    [](const Line& line) { return line.problem.severity == Severity::Hard; });
    setStyleProperty(this, "role", hard > 0 ? "message-bad" : "message-warning");
    m_title->setText(hard > 0 ? tr("Còn %1 chỗ phải sửa trước khi tiếp nhận").arg(hard)
                              : tr("Có %1 chỗ cần ghi lý do hoặc sửa lại").arg(lines.size()));
    for (const Line& line : lines) {
        QString text = displayText(line.problem.message);
        if (!line.label.isEmpty()) {
            text = line.label + QStringLiteral(": ") + text;
        }
        auto* button = makeButton(QString(text).replace(QLatin1Char('&'), QStringLiteral("&&")),
                                  "problem-line", "problemLine");
        button->setAccessibleName(text);
        button->setToolTip(text);
        button->setMinimumWidth(0);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setEnabled(!line.pointer.empty());
        connect(button, &QPushButton::clicked, this,
                [this, pointer = line.pointer] { emit chosen(pointer); });
        m_lines->addWidget(button);
    }
    setVisible(!lines.empty());
}

} // namespace motcua
