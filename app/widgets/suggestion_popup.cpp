// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/suggestion_popup.h"

#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QListView>
#include <QStandardItemModel>

#include <algorithm>

namespace motcua {

SuggestionPopup::SuggestionPopup(QWidget* field)
    : QFrame(field->window()), m_field(field), m_list(new QListView(this)),
      m_model(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("suggestions"));
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->addWidget(m_list);
    m_list->setModel(m_model);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    named(m_list, "suggestionList", tr("Gợi ý"));
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& index) { emit picked(index.row()); });
    hide();
}

void SuggestionPopup::offer(const std::vector<Suggestion>& suggestions)
{
    m_model->clear();
    for (const Suggestion& suggestion : suggestions) {
        QString line = displayText(suggestion.text);
        if (!suggestion.detail.isEmpty()) {
            line += QStringLiteral("   —   ") + displayText(suggestion.detail);
        }
        m_model->appendRow(new QStandardItem(line));
    }
    m_list->setCurrentIndex({});
    if (suggestions.empty()) {
        hide();
        return;
    }
    place();
    show();
    raise();
}

void SuggestionPopup::moveBy(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0) {
        return;
    }
    const int from = marked();
    mark(from < 0 ? (rows > 0 ? 0 : count - 1) : std::clamp(from + rows, 0, count - 1));
}

int SuggestionPopup::marked() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void SuggestionPopup::mark(int row)
{
    m_list->setCurrentIndex(m_model->index(row, 0));
    m_list->scrollTo(m_list->currentIndex());
}

void SuggestionPopup::place()
{
    constexpr int kRowsShown = 8;
    setParent(m_field->window());
    const int rows = std::min(m_model->rowCount(), kRowsShown);
    const int rowHeight = std::max(m_list->sizeHintForRow(0), 20);
    const int height = rows * rowHeight + 6;
    const QWidget* window = m_field->window();
    QPoint corner = m_field->mapTo(window, QPoint(0, m_field->height() + 2));
    if (corner.y() + height > window->height()) {
        corner.setY(std::max(0, corner.y() - m_field->height() - height - 4));
    }
    const int wanted = std::max(m_field->width(), std::min(m_list->sizeHintForColumn(0) + 32, 640));
    setGeometry(corner.x(), corner.y(), std::min(wanted, window->width() - corner.x() - 8), height);
}

} // namespace motcua
