// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/files/file_desk.h"
#include "app/widgets/message_bar.h"

#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace motcua {

class FileActions;
class FileRow;

/// The files of one paper: a line each with a small picture, to look at and to take off again. What is being
/// taken in, and what was refused and why, stands below them.
class PaperFiles : public QWidget
{
    Q_OBJECT
public:
    explicit PaperFiles(FileDesk& desk, QWidget* parent = nullptr);

    /// The most at a time; more is a slip of the hand, or a matter for one PDF.
    static constexpr int kMostAtOnce = 50;

    /// Takes local files in, one after the other; attached() comes for each that was. More than kMostAtOnce
    /// are refused as a whole.
    void attach(const QStringList& paths);
    /// Gives up what is not taken in yet, and says from which file on.
    void stop();
    [[nodiscard]] const std::vector<NamedFile>& files() const { return m_files; }
    /// Files on their way into the store.
    [[nodiscard]] int underWay() const { return static_cast<int>(m_underWay.size()); }
    /// As the contract's `files`.
    [[nodiscard]] Json toJson() const;
    void setFiles(const Json& files);

signals:
    void attached();
    void removed();
    void announced(motcua::Tone tone, const QString& what, const QString& next);

private:
    void take(const Scanned<NamedFile>& scanned);
    void add(const NamedFile& file);
    void remove(FileRow* row);
    [[nodiscard]] QWidget* makeProgress();
    void showProgress();

    FileDesk& m_desk;
    FileActions* m_actions;
    std::vector<NamedFile> m_files;
    std::vector<FileRow*> m_rows; ///< of m_files, in their order
    QStringList m_underWay;       ///< names, in their order
    QStringList m_refusals;
    QVBoxLayout* m_column;
    QWidget* m_busy;
    QLabel* m_progress;
    QLabel* m_problem;
};

} // namespace motcua
