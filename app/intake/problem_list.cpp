// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/problem_list.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QScrollArea>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kLineWidth = 560;
constexpr int kLinesShown = 3; ///< the rest by scrolling; the form below must stay in sight

} // namespace

ProblemList::ProblemList(QWidget* parent)
    : QFrame(parent), m_title(makeLabel({}, "label")), m_scroll(new QScrollArea), m_lines(nullptr)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(3 * kGrid, 2 * kGrid, kGrid, kGrid);
    column->setSpacing(kGrid / 2);
    column->addWidget(m_title);
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    m_lines = new QVBoxLayout(page);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(0);
    m_scroll->setWidget(page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_scroll);
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
            text = line.label + QStringLiteral(" – ") + text;
        }
        const bool isHard = line.problem.severity == Severity::Hard;
        const QString shown = fontMetrics().elidedText(text, Qt::ElideRight, kLineWidth);
        auto* button = makeButton(QString(shown).replace(QLatin1Char('&'), QStringLiteral("&&")),
                                  isHard ? "problem-line" : "soft-line", "problemLine");
        button->setAccessibleName(text);
        button->setToolTip(text);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setEnabled(!line.problem.pointer.empty());
        connect(button, &QPushButton::clicked, this,
                [this, pointer = line.problem.pointer] { emit chosen(pointer); });
        m_lines->addWidget(button);
    }
    const int height = fontMetrics().height() + 3 * kGrid;
    m_scroll->setFixedHeight(height * std::min(static_cast<int>(lines.size()), kLinesShown));
    setVisible(!lines.empty());
}

} // namespace motcua
