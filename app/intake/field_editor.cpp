// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/field_editor.h"

#include "app/intake/choice_editor.h"
#include "app/intake/line_editors.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

namespace motcua {

namespace {

constexpr std::size_t kChoicesShown = 4;
constexpr int kChoicesTextMax = 64;

/// All answers stand side by side while there is room for them.
bool fitsInRow(const std::vector<Choice>& choices)
{
    int length = 0;
    for (const Choice& choice : choices) {
        length += static_cast<int>(toQString(choice.label).size()) + 4;
    }
    return choices.size() <= kChoicesShown && length <= kChoicesTextMax;
}

std::vector<ClosedListEditor::Entry> entriesOf(const std::vector<Choice>& choices)
{
    std::vector<ClosedListEditor::Entry> entries;
    for (const Choice& choice : choices) {
        entries.push_back({toQString(choice.value), toQString(choice.label), {}});
    }
    return entries;
}

std::vector<ClosedListEditor::Entry> ethnicEntries(const Catalogue& catalogue)
{
    std::vector<ClosedListEditor::Entry> entries;
    for (const EthnicGroup& group : catalogue.ethnicGroups()) {
        if (group.extra) {
            continue;
        }
        ClosedListEditor::Entry entry{toQString(group.name), toQString(group.name), {}};
        for (const std::string& alias : group.aliases) {
            entry.aliases.push_back(toQString(alias));
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

bool endsWith(const std::string& text, std::string_view end)
{
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

FieldEditor* withPeople(TextEditor* editor, const Leaf& leaf, const FieldHelp& help)
{
    const bool identifies = endsWith(leaf.pointer, "/name") || endsWith(leaf.pointer, "/personalId") ||
                            endsWith(leaf.pointer, "/oldId");
    if (help.people && identifies) {
        editor->offerPeople([people = help.people, pointer = leaf.pointer](const QString& typed) {
            return people(pointer, typed);
        });
    }
    return editor;
}

} // namespace

void FieldEditor::focusAt(int)
{
    input()->setFocus(Qt::TabFocusReason);
}

void FieldEditor::setSpokenName(const QString& name, const std::string& pointer)
{
    input()->setAccessibleName(name);
    input()->setObjectName(QStringLiteral("field:") + toQString(pointer));
}

void FieldEditor::showSeverity(const Severity* severity)
{
    const char* state = severity == nullptr ? "" : *severity == Severity::Hard ? "hard" : "soft";
    setStyleProperty(input(), "state", state);
}

FieldEditor* makeFieldEditor(const Leaf& leaf, const FieldHelp& help, QWidget* parent)
{
    switch (leaf.kind) {
    case LeafKind::Lines:
        return new LinesEditor(leaf, parent);
    case LeafKind::Digits:
        return withPeople(new DigitsEditor(leaf, parent), leaf, help);
    case LeafKind::Date:
        return new DateEditor(leaf, help, parent);
    case LeafKind::Place:
        return new PlaceEditor(leaf, help, parent);
    case LeafKind::Number:
    case LeafKind::Money:
        return new NumberEditor(leaf, parent);
    case LeafKind::YesNo:
        return new ChoiceEditor(leaf, parent);
    case LeafKind::EthnicGroup:
        return new ClosedListEditor(leaf, ethnicEntries(*help.catalogue), parent);
    case LeafKind::Choice:
        if (fitsInRow(leaf.choices)) {
            return new ChoiceEditor(leaf, parent);
        }
        return new ClosedListEditor(leaf, entriesOf(leaf.choices), parent);
    case LeafKind::Text:
        break;
    }
    return withPeople(new TextEditor(leaf, parent), leaf, help);
}

} // namespace motcua
