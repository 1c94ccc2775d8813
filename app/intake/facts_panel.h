// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/intake_presenter.h"

#include <QScrollArea>

class QVBoxLayout;

namespace motcua {

/// The panel at the right: appointment, fee, papers, notes. Shows what it is given.
class FactsPanel : public QScrollArea
{
    Q_OBJECT
public:
    enum class Papers
    {
        All,
        Missing,
    };
    explicit FactsPanel(QWidget* parent = nullptr);
    void show(const IntakeFacts& facts, Papers papers);
    /// What is left to do at the desk once the dossier has its code.
    void showAfterReceipt(const IntakeFacts& facts);
    /// … and once it was refused.
    void showAfterRefusal(const IntakeFacts& facts);
    void clear();

private:
    void addFact(const QString& title, const QString& value, const char* role);
    void addList(const QString& title, const QStringList& lines, const char* role);

    QVBoxLayout* m_column;
};

} // namespace motcua
