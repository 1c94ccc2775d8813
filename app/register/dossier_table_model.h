// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/register/dossier_row.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace motcua {

/// What the table is asked to show.
struct TableQuery
{
    std::string text; ///< not empty: a search; the filter's status and procedure narrow its hits
    ListFilter filter;
};

struct TablePage
{
    std::vector<DossierRow> rows;
    bool more = false;
};

/// What a cell's text needs beside its row.
struct TableWords
{
    Instant now;
    std::function<QString(const DossierRow&)> procedureName;
};

/// Dossiers as rows, a page at a time: a register of a million shows its first screen without reading the
/// rest. Columns are data. Display role for eyes, SortRole typed.
class DossierTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Roles
    {
        SortRole = Qt::UserRole + 1,
        StatusRole,  ///< int of Status
        OverdueRole, ///< open and past its appointment
        CodeRole,
    };
    enum Columns
    {
        CodeColumn,
        NameColumn,
        ProcedureColumn,
        StatusColumn,
        DueColumn,
        ReceivedColumn,
        PersonalIdColumn,
        PhoneColumn,
        ColumnCount,
    };
    using Source = std::function<Result<TablePage>(const TableQuery&, std::int64_t offset)>;

    DossierTableModel(Source source, TableWords words, QObject* parent = nullptr);

    /// Reads the first page. On an error the old rows stay.
    [[nodiscard]] Result<void> show(const TableQuery& query);
    /// What of this dossier is shown by now; it keeps its place. Nothing where it is not in the table.
    void renew(const DossierRow& row);
    /// The moment against which "overdue" is told.
    void setNow(Instant now);
    [[nodiscard]] const DossierRow* row(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const std::string& code) const;
    [[nodiscard]] bool hasMore() const { return m_more; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    /// Rows that are here are sorted; while more wait in the register only by receipt or appointment, which
    /// the register itself orders.
    void sort(int column, Qt::SortOrder order) override;

signals:
    void failed(const motcua::Error& error);

private:
    void sortRows();

    Source m_source;
    TableWords m_words;
    TableQuery m_query;
    std::vector<DossierRow> m_rows;
    bool m_more = false;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace motcua
