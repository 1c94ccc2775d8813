// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/intake/field_editor.h"
#include "app/intake/form_parts.h"
#include "core/base/problem.h"

#include <QWidget>

#include <map>
#include <set>
#include <string>
#include <vector>

class QFrame;
class QGridLayout;
class QHBoxLayout;
class QLineEdit;
class QScrollArea;

namespace motcua {

class FieldBox;
class ProblemList;

/// The form on the screen: sections in one column, built from data. Knows pointers and values, nothing about
/// the office. Rebuilt only by build(); problems come and go without touching what was typed.
class FormView : public QWidget
{
    Q_OBJECT
public:
    explicit FormView(QWidget* parent = nullptr);

    void build(const std::vector<FormPart>& parts, const FieldHelp& help);
    /// A widget with a heading of its own, after the last section: the papers.
    void append(const QString& title, QWidget* widget);

    void setValue(const std::string& pointer, const Json& value);
    /// Fields that have no meaning in this case; a person with all its parts. Nothing typed is changed.
    void hideFields(const std::set<std::string>& pointers);
    /// Problems beside their fields and in the list at the top. One without a field stands in the list only.
    void showProblems(const Problems& problems, const std::map<std::string, std::string>& reasons);
    [[nodiscard]] bool hasField(const std::string& pointer) const;
    /// Whether a problem at this pointer stands beside a field, its own or the first inside it.
    [[nodiscard]] bool hasPlaceFor(const std::string& pointer) const { return boxOf(pointer) != nullptr; }
    /// A reason for what no field of the form is about, in a card above the others; asked once until build().
    void ask(const Problem& problem, const QString& reason);
    void focusField(const std::string& pointer, int cursor);
    void focusFirst();
    void showSection(int index);
    /// Scrolls so that all of a widget is seen, once the layout has settled.
    void reveal(QWidget* widget);
    void showMark(const std::string& pointer, const QString& mark);
    /// A value from the register, marked as such until it is edited.
    void fillKnown(const std::string& pointer, const Json& value, const QString& mark);
    /// What the register would fill in, by pointer: of a person, it stands at its first field.
    void showOffers(const std::map<std::string, QString>& offers);
    [[nodiscard]] int cursorOf(const std::string& pointer) const;
    [[nodiscard]] QStringList sectionTitles() const { return m_titles; }

signals:
    void edited(const std::string& pointer, const motcua::Json& value);
    void reasonGiven(const std::string& pointer, const QString& reason);
    void focused(const std::string& pointer);
    void sectionEntered(int index);
    void problemChosen(const std::string& pointer);
    void finished(); ///< Enter in the last field
    void personChosen(const std::string& pointer, const QString& key);
    void offerTaken(const std::string& pointer);

private:
    /// Which of two sections that stand beside each other; the width decides how many fields share a row.
    enum class Width
    {
        Whole,
        Half,
    };
    struct Heading
    {
        QWidget* label;
        std::vector<FieldBox*> boxes;
    };
    void clear();
    void addPart(const FormPart& part, Width width, const FieldHelp& help);
    void addGroup(const LeafGroup& group, Width width, const FieldHelp& help);
    void addBox(QGridLayout* grid, const Leaf& leaf, Width width, const FieldHelp& help);
    [[nodiscard]] bool isHidden(const FieldBox* box) const;
    void showHeadings();
    void goOnFrom(FieldBox* box);
    [[nodiscard]] FieldBox* boxOf(const std::string& pointer) const;

    ProblemList* m_problems;
    QScrollArea* m_scroll;
    QWidget* m_page;
    std::vector<FieldBox*> m_boxes;
    std::vector<QWidget*> m_sections;
    std::vector<QHBoxLayout*> m_pairs; ///< rows of two sections
    std::vector<Heading> m_headings;
    std::set<std::string> m_hidden;
    std::map<FieldBox*, int> m_sectionOf;
    QStringList m_titles;
    std::map<FieldBox*, std::set<std::string>> m_softAt; ///< what a reason given at a field answers
    QFrame* m_askedCard = nullptr;
    std::map<std::string, QLineEdit*> m_asked; ///< by pointer
};

} // namespace motcua
