// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>

#include <functional>
#include <vector>

namespace motcua {

class Theme;

/// One line of an action list: what it is about, what happened, in which state, and the one thing to do.
struct ActionLine
{
    QString title;
    QString text;  ///< the sentence below
    QString icon;  ///< of resources/icons; empty: none
    QString state; ///< the word beside the icon
    enum class Ink
    {
        Plain,
        Good,
        Warning,
        Bad,
        Accent,
    };
    Ink ink = Ink::Plain;
    QString action; ///< the button's word; empty: no button
    QString key;    ///< what the presenter knows the line by
};

/// Lines as rows. Replaces its lines in place, so that the marked row and the scroll position stay.
class ActionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Roles
    {
        LineRole = Qt::UserRole + 1,
        KeyRole,
    };
    using QAbstractListModel::QAbstractListModel;

    void setLines(std::vector<ActionLine> lines);
    [[nodiscard]] const ActionLine* line(const QModelIndex& index) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<ActionLine> m_lines;
};

/// Shows an ActionListModel: two rows of text a line, the state at the right, and its button. Enter presses
/// the button of the marked line.
class ActionListView : public QListView
{
    Q_OBJECT
public:
    ActionListView(Theme& theme, ActionListModel* model, QWidget* parent = nullptr);

    [[nodiscard]] QString currentKey() const;

signals:
    void triggered(const QString& key);
    void currentKeyChanged(const QString& key);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void trigger(const QModelIndex& index);
};

} // namespace motcua

Q_DECLARE_METATYPE(motcua::ActionLine)
