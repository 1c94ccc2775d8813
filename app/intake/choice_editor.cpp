// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/choice_editor.h"

#include "app/widgets/display_text.h"
#include "app/widgets/segmented_choice.h"

#include <QHBoxLayout>

namespace motcua {

namespace {

const QString kYes = QStringLiteral("yes");
const QString kNo = QStringLiteral("no");

std::vector<SegmentedChoice::Option> optionsOf(const Leaf& leaf)
{
    if (leaf.kind == LeafKind::YesNo) {
        return {{kYes, ChoiceEditor::tr("Có")}, {kNo, ChoiceEditor::tr("Không")}};
    }
    std::vector<SegmentedChoice::Option> options;
    for (const Choice& choice : leaf.choices) {
        options.push_back({toQString(choice.value), toQString(choice.label)});
    }
    return options;
}

} // namespace

ChoiceEditor::ChoiceEditor(const Leaf& leaf, QWidget* parent)
    : FieldEditor(parent), m_yesNo(leaf.kind == LeafKind::YesNo),
      m_choice(new SegmentedChoice(optionsOf(leaf), this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_choice);
    setFocusProxy(m_choice);
    connect(m_choice, &SegmentedChoice::changed, this, &FieldEditor::edited);
    connect(m_choice, &SegmentedChoice::entered, this, &FieldEditor::entered);
}

Json ChoiceEditor::value() const
{
    const std::optional<QString> chosen = m_choice->chosen();
    if (!chosen) {
        return {};
    }
    return m_yesNo ? Json(*chosen == kYes) : Json(toUtf8(*chosen));
}

void ChoiceEditor::setValue(const Json& value)
{
    if (value.is_boolean()) {
        m_choice->choose(value.get<bool>() ? kYes : kNo);
    } else if (value.is_string()) {
        m_choice->choose(toQString(value.get<std::string>()));
    } else {
        m_choice->choose(std::nullopt);
    }
}

QWidget* ChoiceEditor::input()
{
    return m_choice;
}

void ChoiceEditor::setSpokenName(const QString& name, const std::string& pointer)
{
    m_choice->setSpokenName(name);
    m_choice->setObjectName(QStringLiteral("field:") + toQString(pointer));
}

void ChoiceEditor::showSeverity(const Severity*) {} // the words below it say it; buttons keep their look

} // namespace motcua
