// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/form_parts.h"
#include "app/widgets/suggestion_popup.h"
#include "core/base/problem.h"
#include "core/catalogue/catalogue.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace motcua {

/// What editors look things up in.
struct FieldHelp
{
    const Catalogue* catalogue = nullptr;
    std::function<const Units*()> units; ///< read on first use; null where the file cannot be read
    Day today{};
    /// Whom the register knows, for the name or number of a person; the pointer is the field's.
    std::function<std::vector<Suggestion>(const std::string& pointer, const QString& typed)> people{};
};

/// The control of one leaf. Gives its value as the draft keeps it (null: empty), also of a text that no rule
/// accepts, so that nothing typed is lost.
class FieldEditor : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual Json value() const = 0;
    virtual void setValue(const Json& value) = 0;
    [[nodiscard]] virtual int cursor() const { return 0; }
    /// Brings the keyboard here; `cursor` below zero: at the end, everything selected where that helps.
    virtual void focusAt(int cursor);
    /// The widget that takes the keyboard: the label's buddy.
    [[nodiscard]] virtual QWidget* input() = 0;
    virtual void setSpokenName(const QString& name, const std::string& pointer);
    virtual void showSeverity(const Severity* severity);

signals:
    void edited();
    void entered(); ///< Enter: on to the next field
    /// Somebody was chosen from the people offered; `key` is the suggestion's value.
    void personChosen(const QString& key);
    void noted(const QString& words); ///< something worth saying beside the label
};

[[nodiscard]] FieldEditor* makeFieldEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent);

} // namespace motcua
