// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/widgets/suggestion_popup.h"

#include <QLineEdit>
#include <QPointer>

#include <functional>
#include <vector>

namespace motcua {

/// A field that offers what may be meant while it is typed in: Down chooses from the list, Enter takes the
/// marked one and goes on, Esc closes the list and keeps what was typed. Nothing is taken that nobody marked.
class SuggestionEdit : public QLineEdit
{
    Q_OBJECT
public:
    using Source = std::function<std::vector<Suggestion>(const QString& text)>;
    explicit SuggestionEdit(QWidget* parent = nullptr);

    /// Asked after each key; must answer within a few milliseconds.
    void setSource(Source source) { m_source = std::move(source); }
    /// Whether the list opens when the field is entered empty (short closed lists).
    void setOpensEmpty(bool opens) { m_opensEmpty = opens; }
    /// Whether the first suggestion is marked from the start (a closed list: Enter takes the best match).
    void setMarksFirst(bool marks) { m_marksFirst = marks; }

signals:
    void picked(const motcua::Suggestion& suggestion);
    void entered(); ///< Enter: on to the next field

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void refresh();
    void take(int row);
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] bool handleOpenKey(int key);

    Source m_source;
    QPointer<SuggestionPopup> m_popup;
    std::vector<Suggestion> m_offered;
    bool m_opensEmpty = false;
    bool m_marksFirst = false;
};

} // namespace motcua
