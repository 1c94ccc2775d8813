// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/catalogue/procedure.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace motcua {

/// One paper of the checklist.
class PaperRowView : public QFrame
{
    Q_OBJECT
public:
    PaperRowView(const Paper& paper, QWidget* parent);

    [[nodiscard]] const Paper& paper() const { return m_paper; }
    [[nodiscard]] bool isThere() const;
    [[nodiscard]] Json component() const;
    void setComponent(const Json& component); ///< null: not there
    void focusCheck();

signals:
    void edited();
    void entered();
    void focused();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showCounts();

    Paper m_paper;
    QCheckBox* m_check;
    QLabel* m_how;
    QSpinBox* m_originals;
    QSpinBox* m_copies;
    QWidget* m_counts;
};

} // namespace motcua
