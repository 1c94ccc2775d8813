// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/message_bar.h"
#include "core/base/json.h"
#include "core/catalogue/procedure.h"
#include "core/dossier/checklist.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace motcua {

class FileDesk;
class PaperFiles;

/// One paper of the checklist, and its files: by button, by Insert, or dropped on it.
class PaperRowView : public QFrame
{
    Q_OBJECT
public:
    PaperRowView(const Paper& paper, FileDesk& files, QWidget* parent);

    [[nodiscard]] const Paper& paper() const { return m_paper; }
    [[nodiscard]] bool isThere() const;
    [[nodiscard]] Json component() const;
    void setComponent(const Json& component); ///< null: not there
    void focusCheck();
    /// Required, perhaps, or not in this case; said beside its name.
    void setAsked(Asked asked);
    [[nodiscard]] Asked asked() const { return m_asked; }
    /// Takes local files in; the paper is there then.
    void attach(const QStringList& paths);
    [[nodiscard]] PaperFiles& files() const { return *m_files; }

signals:
    void attachWanted();
    void announced(motcua::Tone tone, const QString& what, const QString& next);
    void edited();
    void entered();
    void focused();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] QWidget* makeCounts();
    void setThere(bool there);
    void showCounts();

    Paper m_paper;
    Asked m_asked = Asked::Maybe;
    QCheckBox* m_check;
    QLabel* m_how;
    QSpinBox* m_originals;
    QSpinBox* m_copies;
    QWidget* m_counts;
    PaperFiles* m_files;
};

} // namespace motcua
