// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <vector>

class QListView;
class QStandardItemModel;

namespace motcua {

/// One thing that may be meant.
struct Suggestion
{
    QString value;  ///< what the program keeps
    QString text;   ///< what the field then shows
    QString detail; ///< told beside it in the list, "trước đây: …"
};

/// The list below a field. A child of the window and not a window of its own, so that it never takes the
/// keyboard from an input method that is composing a letter.
class SuggestionPopup : public QFrame
{
    Q_OBJECT
public:
    explicit SuggestionPopup(QWidget* field);

    void offer(const std::vector<Suggestion>& suggestions);
    void moveBy(int rows);
    /// The marked row, or -1.
    [[nodiscard]] int marked() const;
    void mark(int row);

signals:
    void picked(int row);

private:
    void place();

    QWidget* m_field;
    QListView* m_list;
    QStandardItemModel* m_model;
};

} // namespace motcua
