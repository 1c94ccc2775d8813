// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/queue/conflict_words.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace motcua {

/// One operation that the portal turned down: what it said, which field, and the next step first.
class RefusalView : public QWidget
{
    Q_OBJECT
public:
    RefusalView(const ConflictCase& conflict, const FieldLabels& labels, const QString& withdrawReason,
                QWidget* parent = nullptr);
    void takeKeyboard();

signals:
    void correctionWanted(const std::string& pointer);
    void againWanted();
    void withdrawalWanted(const QString& reason);
    void reasonTyped(const QString& reason);
    void dossierWanted();
    void diagnosticsWanted();

private:
    void addLinks(QVBoxLayout* column, NextStep next);
    void addCorrections(QVBoxLayout* column, const FieldLabels& labels, const ConflictCase& conflict);
    void addWithdrawal(QVBoxLayout* column, const QString& reason, bool isFirst);

    QWidget* m_first = nullptr; ///< what takes the keyboard
    QLineEdit* m_reason = nullptr;
};

} // namespace motcua
