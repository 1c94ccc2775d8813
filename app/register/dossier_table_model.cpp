// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/dossier_table_model.h"

#include "app/register/status_look.h"
#include "app/widgets/display_text.h"
#include "core/base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace motcua {

namespace {

bool isOverdue(const DossierRow& row, Instant now)
{
    const bool open = !isEnd(row.status) && row.status != Status::Finished && row.status != Status::Stopped;
    return open && row.due && *row.due < now;
}

QString dueText(const DossierRow& row, const TableWords& words)
{
    if (!row.due) {
        return {};
    }
    if (isOverdue(row, words.now)) {
        return QCoreApplication::translate("table", "quá %1").arg(spanWords(words.now - *row.due));
    }
    return shortTime(*row.due, words.now);
}

QVariant millisOf(const std::optional<Instant>& instant)
{
    return instant ? QVariant(static_cast<qlonglong>(toMillis(*instant))) : QVariant();
}

struct Column
{
    const char* title;
    QString (*text)(const DossierRow&, const TableWords&);
    QVariant (*sortKey)(const DossierRow&);
};

// One column, one line: title, what eyes see, what sorting compares.
constexpr std::array<Column, DossierTableModel::ColumnCount> kColumns{{
    {QT_TRANSLATE_NOOP("table", "Mã hồ sơ"),
     [](const DossierRow& r, const TableWords&) { return toQString(r.code); },
     [](const DossierRow& r) { return QVariant(toQString(r.code)); }},
    {QT_TRANSLATE_NOOP("table", "Người nộp"),
     [](const DossierRow& r, const TableWords&) { return displayText(r.name); },
     [](const DossierRow& r) { return QVariant(QByteArray::fromStdString(nameSortKey(r.name))); }},
    {QT_TRANSLATE_NOOP("table", "Thủ tục"),
     [](const DossierRow& r, const TableWords& w) { return w.procedureName(r); },
     [](const DossierRow& r) { return QVariant(toQString(r.procedure)); }},
    {QT_TRANSLATE_NOOP("table", "Trạng thái"),
     [](const DossierRow& r, const TableWords&) { return statusShort(r.status); },
     [](const DossierRow& r) { return QVariant(statusCode(r.status)); }},
    {QT_TRANSLATE_NOOP("table", "Hẹn trả"), dueText, [](const DossierRow& r) { return millisOf(r.due); }},
    {QT_TRANSLATE_NOOP("table", "Ngày nhận"),
     [](const DossierRow& r, const TableWords& w) { return shortTime(r.received, w.now); },
     [](const DossierRow& r) { return millisOf(r.received); }},
    {QT_TRANSLATE_NOOP("table", "Số định danh"),
     [](const DossierRow& r, const TableWords&) { return toQString(r.personalId.value_or("")); },
     [](const DossierRow& r) { return QVariant(toQString(r.personalId.value_or(""))); }},
    {QT_TRANSLATE_NOOP("table", "Điện thoại"),
     [](const DossierRow& r, const TableWords&) { return displayText(r.phone.value_or("")); },
     [](const DossierRow& r) { return QVariant(displayText(r.phone.value_or(""))); }},
}};

bool narrows(const ListFilter& filter, const DossierRow& row)
{
    return (!filter.status || row.status == *filter.status) &&
           (!filter.procedure || row.procedure == *filter.procedure);
}

} // namespace

DossierTableModel::DossierTableModel(Source source, TableWords words, QObject* parent)
    : QAbstractTableModel(parent), m_source(std::move(source)), m_words(std::move(words))
{}

Result<void> DossierTableModel::show(const TableQuery& query)
{
    TablePage page = TRY(m_source(query, 0));
    beginResetModel();
    m_query = query;
    m_rows = std::move(page.rows);
    m_more = page.more && query.text.empty();
    if (!query.text.empty()) {
        std::erase_if(m_rows, [&](const DossierRow& row) { return !narrows(query.filter, row); });
    }
    sortRows();
    endResetModel();
    return {};
}

void DossierTableModel::renew(const DossierRow& row)
{
    const auto old = std::ranges::find(m_rows, row.id, &DossierRow::id);
    if (old != m_rows.end()) {
        *old = row;
        const auto place = static_cast<int>(old - m_rows.begin());
        emit dataChanged(index(place, 0), index(place, ColumnCount - 1));
    }
}

void DossierTableModel::setNow(Instant now)
{
    m_words.now = now;
    if (!m_rows.empty()) {
        emit dataChanged(index(0, DueColumn), index(rowCount() - 1, DueColumn));
    }
}

const DossierRow* DossierTableModel::row(const QModelIndex& index) const
{
    const auto place = static_cast<std::size_t>(index.row());
    return index.isValid() && place < m_rows.size() ? &m_rows[place] : nullptr;
}

int DossierTableModel::rowOf(const std::string& code) const
{
    const auto it =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const DossierRow& row) { return row.code == code; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int DossierTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DossierTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DossierTableModel::data(const QModelIndex& index, int role) const
{
    const DossierRow* shown = row(index);
    if (shown == nullptr) {
        return {};
    }
    const Column& column = kColumns[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::ToolTipRole:
        if (index.column() == StatusColumn) {
            return statusWords(shown->status);
        }
        if (index.column() == DueColumn && shown->due) {
            return longTime(*shown->due);
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        return column.text(*shown, m_words);
    case Qt::AccessibleTextRole:
        return QCoreApplication::translate("table", column.title) + QStringLiteral(": ") +
               column.text(*shown, m_words);
    case SortRole:
        return column.sortKey(*shown);
    case StatusRole:
        return statusCode(shown->status);
    case OverdueRole:
        return isOverdue(*shown, m_words.now);
    case CodeRole:
        return toQString(shown->code);
    default:
        return {};
    }
}

QVariant DossierTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole
               ? QCoreApplication::translate("table", kColumns[static_cast<std::size_t>(section)].title)
               : QVariant();
}

bool DossierTableModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_more;
}

void DossierTableModel::fetchMore(const QModelIndex&)
{
    if (!m_more) {
        return;
    }
    auto page = m_source(m_query, static_cast<std::int64_t>(m_rows.size()));
    if (!page) {
        m_more = false;
        emit failed(page.error());
        return;
    }
    m_more = page->more;
    if (page->rows.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(page->rows.size()) - 1);
    std::move(page->rows.begin(), page->rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

void DossierTableModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    if (m_more && (column == ReceivedColumn || column == DueColumn)) {
        m_query.filter.order = column == DueColumn ? ListOrder::DueFirst : ListOrder::NewestFirst;
        m_sortColumn = -1;
        if (auto shown = show(TableQuery(m_query)); !shown) {
            emit failed(shown.error());
        }
        return;
    }
    emit layoutAboutToBeChanged();
    sortRows();
    emit layoutChanged();
}

void DossierTableModel::sortRows()
{
    if (m_sortColumn < 0 || m_more) {
        return;
    }
    const Column& column = kColumns[static_cast<std::size_t>(m_sortColumn)];
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](const DossierRow& left, const DossierRow& right) {
        const auto order = QVariant::compare(column.sortKey(left), column.sortKey(right));
        return m_sortOrder == Qt::AscendingOrder ? order == QPartialOrdering::Less
                                                 : order == QPartialOrdering::Greater;
    });
}

} // namespace motcua
