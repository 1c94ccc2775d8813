// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/action_list.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kPad = 3 * kGrid;

QColor inkOf(const Colors& colors, ActionLine::Ink ink)
{
    switch (ink) {
    case ActionLine::Ink::Good:
        return colors.good;
    case ActionLine::Ink::Warning:
        return colors.warning;
    case ActionLine::Ink::Bad:
        return colors.bad;
    case ActionLine::Ink::Accent:
        return colors.accent;
    case ActionLine::Ink::Plain:
        break;
    }
    return colors.mutedText;
}

QFont boldOf(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Where the button of a line stands; an empty rectangle where it has none.
QRect buttonRect(const QRect& line, const ActionLine& action, const QFont& font)
{
    if (action.action.isEmpty()) {
        return {};
    }
    const QFontMetrics metrics(boldOf(font));
    const int width = metrics.horizontalAdvance(action.action) + 8 * kGrid;
    const int height = metrics.height() + 3 * kGrid;
    return {line.right() - kPad - width, line.center().y() - height / 2, width, height};
}

class ActionDelegate final : public QStyledItemDelegate
{
public:
    ActionDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {200, 2 * QFontMetrics(option.font).height() + 5 * kGrid};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto line = index.data(ActionListModel::LineRole).value<ActionLine>();
        const Colors& colors = m_theme.colors();
        const bool current = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(option.rect, current ? colors.accentSoft : colors.surface);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          colors.border);
        if (current) {
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), kGrid, option.rect.height()),
                              colors.accent);
        }
        const QRect button = buttonRect(option.rect, line, option.font);
        QRect text = option.rect.adjusted(kPad + kGrid, 2 * kGrid, -kPad, -2 * kGrid);
        if (!button.isEmpty()) {
            text.setRight(button.left() - kPad);
            paintButton(painter, button, line, option, current);
        }
        paintText(painter, text, line, option);
        painter->restore();
    }

private:
    void paintButton(QPainter* painter, const QRect& rect, const ActionLine& line,
                     const QStyleOptionViewItem& option, bool current) const
    {
        const Colors& colors = m_theme.colors();
        painter->setPen(QPen(current ? colors.accent : colors.fieldBorder, current ? 2 : 1));
        painter->setBrush(current && option.state.testFlag(QStyle::State_HasFocus) ? colors.accent
                                                                                   : colors.surface);
        painter->drawRoundedRect(rect, 4, 4);
        painter->setFont(boldOf(option.font));
        painter->setPen(current && option.state.testFlag(QStyle::State_HasFocus) ? colors.onAccent
                                                                                 : colors.accent);
        painter->drawText(rect, Qt::AlignCenter, line.action);
    }

    void paintText(QPainter* painter, QRect rect, const ActionLine& line,
                   const QStyleOptionViewItem& option) const
    {
        const Colors& colors = m_theme.colors();
        const QFont bold = boldOf(option.font);
        const QFontMetrics metrics(bold);
        const int lineHeight = metrics.height();
        QRect title(rect.left(), rect.top(), rect.width(), lineHeight);
        if (!line.state.isEmpty()) {
            const QColor ink = inkOf(colors, line.ink);
            const int width = metrics.horizontalAdvance(line.state) + lineHeight + kGrid;
            const QRect state(rect.right() - width, rect.top(), width, lineHeight);
            Theme::icon(line.icon, ink)
                .paint(painter, QRect(state.left(), state.top(), lineHeight, lineHeight));
            painter->setFont(bold);
            painter->setPen(ink);
            painter->drawText(state.adjusted(lineHeight + kGrid, 0, 0, 0), Qt::AlignVCenter, line.state);
            title.setRight(state.left() - kPad);
        }
        painter->setFont(bold);
        painter->setPen(colors.text);
        painter->drawText(title, Qt::AlignVCenter,
                          metrics.elidedText(line.title, Qt::ElideRight, title.width()));
        painter->setFont(option.font);
        painter->setPen(colors.mutedText);
        const QRect below(rect.left(), rect.top() + lineHeight + kGrid / 2, rect.width(), lineHeight);
        painter->drawText(below, Qt::AlignVCenter,
                          QFontMetrics(option.font).elidedText(line.text, Qt::ElideRight, below.width()));
    }

    Theme& m_theme;
};

} // namespace

void ActionListModel::setLines(std::vector<ActionLine> lines)
{
    const int before = rowCount();
    const int after = static_cast<int>(lines.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_lines = std::move(lines);
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_lines = std::move(lines);
        endRemoveRows();
    } else {
        m_lines = std::move(lines);
    }
    if (!m_lines.empty()) {
        emit dataChanged(index(0), index(rowCount() - 1));
    }
}

const ActionLine* ActionListModel::line(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_lines.size() ? &m_lines[row] : nullptr;
}

int ActionListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ActionListModel::data(const QModelIndex& index, int role) const
{
    const ActionLine* shown = line(index);
    if (shown == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return shown->title;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return QStringLiteral("%1. %2 %3").arg(shown->title, shown->state, shown->text);
    case LineRole:
        return QVariant::fromValue(*shown);
    case KeyRole:
        return shown->key;
    default:
        return {};
    }
}

ActionListView::ActionListView(Theme& theme, ActionListModel* model, QWidget* parent) : QListView(parent)
{
    setModel(model);
    setItemDelegate(new ActionDelegate(theme, this));
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
}

QString ActionListView::currentKey() const
{
    return currentIndex().data(ActionListModel::KeyRole).toString();
}

void ActionListView::trigger(const QModelIndex& index)
{
    if (index.isValid()) {
        emit triggered(index.data(ActionListModel::KeyRole).toString());
    }
}

void ActionListView::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier) {
        trigger(currentIndex());
        event->accept();
        return;
    }
    QListView::keyPressEvent(event);
}

void ActionListView::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QPoint where = event->position().toPoint();
    const QModelIndex index = indexAt(where);
    const auto line = index.data(ActionListModel::LineRole).value<ActionLine>();
    if (index.isValid() && buttonRect(visualRect(index), line, font()).contains(where)) {
        trigger(index);
    }
}

void ActionListView::mouseDoubleClickEvent(QMouseEvent* event)
{
    // The first press of a double click has pressed the button already; the second does nothing.
    event->accept();
}

void ActionListView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    emit currentKeyChanged(current.data(ActionListModel::KeyRole).toString());
}

} // namespace motcua
