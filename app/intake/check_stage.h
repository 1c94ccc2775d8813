// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/intake_presenter.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace motcua {

/// The third step: everything as the citizen reads it, large, before anything is final. Each part can be gone
/// back to; the check sheet can be printed; one key receives.
class CheckStage : public QWidget
{
    Q_OBJECT
public:
    explicit CheckStage(IntakePresenter& presenter, QWidget* parent = nullptr);
    void open();
    void setReceiving(bool receiving);

signals:
    void editWanted(const std::string& pointer);
    void printWanted();
    void receiveWanted();
    void refusalWanted();
    void left();

private:
    void addSection(const ReadSection& section);
    void addPapers();

    IntakePresenter& m_presenter;
    QVBoxLayout* m_column = nullptr;
    QPushButton* m_receive;
};

} // namespace motcua
