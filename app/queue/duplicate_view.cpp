// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/duplicate_view.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QApplication>
#include <QTimer>

namespace motcua {

DuplicateView::DuplicateView(const PossibleDuplicate& pair, QWidget* parent) : QWidget(parent)
{
    setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 2 * kGrid, 0);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Có thể trùng: %1").arg(displayText(pair.name)), "heading"));
    column->addWidget(
        makeLabel(tr("Cùng một người, cùng một thủ tục, hai quầy tiếp nhận trong nửa giờ. Máy không tự "
                     "gộp. Nếu trùng, chuyển một hồ sơ sang “Công dân rút”.")));
    for (const std::string& code : {pair.code, pair.otherCode}) {
        auto* see = makeButton(tr("Xem %1").arg(toQString(code)), "", "seeDuplicate");
        connect(see, &QPushButton::clicked, this, [this, code] { emit dossierWanted(toQString(code)); });
        column->addWidget(see, 0, Qt::AlignLeft);
        m_see = m_see == nullptr ? see : m_see;
    }
    auto* different = makeButton(tr("&Không trùng: hai việc khác nhau"), "primary", "notSame");
    auto* same = makeButton(tr("&Đúng là trùng"), "", "same");
    connect(different, &QPushButton::clicked, this, [this] { emit judged(Duplicate::Different); });
    connect(same, &QPushButton::clicked, this, [this] { emit judged(Duplicate::Same); });
    auto* row = new QHBoxLayout;
    row->addWidget(different);
    row->addWidget(same);
    row->addStretch();
    column->addLayout(row);
    column->addStretch();
    // The second half of a double press on the pair before must not judge this one.
    for (QPushButton* judge : {different, same}) {
        judge->setEnabled(false);
        QTimer::singleShot(QApplication::doubleClickInterval(), judge, [judge] { judge->setEnabled(true); });
    }
}

void DuplicateView::takeKeyboard()
{
    m_see->setFocus(); // to look comes before to judge
}

} // namespace motcua
