// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"

namespace motcua {

class SegmentedChoice;

/// A short closed question, all answers visible; yes-no keeps a boolean.
class ChoiceEditor final : public FieldEditor
{
    Q_OBJECT
public:
    ChoiceEditor(const Leaf& leaf, QWidget* parent);
    [[nodiscard]] Json value() const override;
    void setValue(const Json& value) override;
    [[nodiscard]] QWidget* input() override;
    void setSpokenName(const QString& name, const std::string& pointer) override;
    void showSeverity(const Severity* severity) override;

private:
    bool m_yesNo;
    SegmentedChoice* m_choice;
};

} // namespace motcua
