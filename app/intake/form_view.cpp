// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/form_view.h"

#include "app/intake/field_box.h"
#include "app/intake/problem_list.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kColumnWidth = 720; ///< a line of text that the eye follows without effort
constexpr int kPairWidth = 960;   ///< two persons side by side, as on the paper

} // namespace

FormView::FormView(QWidget* parent)
    : QWidget(parent), m_problems(new ProblemList), m_scroll(new QScrollArea), m_page(new QWidget)
{
    m_page->setProperty("role", QStringLiteral("page"));
    m_page->setMaximumWidth(kColumnWidth);
    auto* column = new QVBoxLayout(m_page);
    column->setContentsMargins(6 * kGrid, 3 * kGrid, 6 * kGrid, 8 * kGrid);
    column->setSpacing(3 * kGrid);
    column->addStretch();
    m_scroll->setWidget(m_page);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    // The list stays in sight above the form while its lines are worked off.
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(6 * kGrid, 2 * kGrid, 6 * kGrid, 2 * kGrid);
    m_problems->setMaximumWidth(kColumnWidth - 12 * kGrid);
    inset->addWidget(m_problems);
    outer->addLayout(inset);
    outer->addWidget(m_scroll, 1);
    named(this, "form", tr("Tờ khai"));
    connect(m_problems, &ProblemList::chosen, this, &FormView::problemChosen);
}

void FormView::clear()
{
    m_problems->show({});
    for (QWidget* section : m_sections) {
        section->hide();
        section->deleteLater();
    }
    for (QHBoxLayout* pair : m_pairs) {
        m_page->layout()->removeItem(pair);
        delete pair;
    }
    if (m_askedCard != nullptr) {
        m_askedCard->hide();
        m_askedCard->deleteLater();
        m_askedCard = nullptr;
    }
    m_asked.clear();
    m_softAt.clear();
    m_sections.clear();
    m_pairs.clear();
    m_headings.clear();
    m_hidden.clear();
    m_boxes.clear();
    m_sectionOf.clear();
    m_titles.clear();
}

void FormView::build(const std::vector<FormPart>& parts, const FieldHelp& help)
{
    clear();
    const bool hasPair =
        std::any_of(parts.begin(), parts.end(), [](const FormPart& part) { return part.beside; });
    m_page->setMaximumWidth(hasPair ? kPairWidth : kColumnWidth);
    auto* column = qobject_cast<QVBoxLayout*>(m_page->layout());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool isLeft = i + 1 < parts.size() && parts[i + 1].beside;
        const bool isRight = parts[i].beside && i > 0;
        addPart(parts[i], isLeft || isRight ? Width::Half : Width::Whole, help);
        if (isLeft) {
            m_pairs.push_back(new QHBoxLayout);
            m_pairs.back()->setSpacing(3 * kGrid);
            column->insertLayout(column->count() - 1, m_pairs.back());
        }
        if (isLeft || isRight) {
            m_pairs.back()->addWidget(m_sections.back(), 1);
        } else {
            column->insertWidget(column->count() - 1, m_sections.back());
        }
    }
    m_scroll->verticalScrollBar()->setValue(0);
}

void FormView::addPart(const FormPart& part, Width width, const FieldHelp& help)
{
    QFrame* section = makeFrame("card", width == Width::Half ? 4 * kGrid : 5 * kGrid, 3 * kGrid, m_page);
    columnOf(section)->addWidget(makeLabel(part.title, "heading"));
    if (!part.hint.isEmpty()) {
        columnOf(section)->addWidget(makeLabel(part.hint, "hint"));
    }
    m_sections.push_back(section);
    m_titles << part.title;
    for (const LeafGroup& group : part.groups) {
        addGroup(group, width, help);
    }
    if (width == Width::Half) {
        columnOf(section)->addStretch(); // the shorter of two keeps its fields together
    }
}

void FormView::append(const QString& title, QWidget* widget)
{
    QFrame* section = makeFrame("card", 5 * kGrid, 3 * kGrid, m_page);
    columnOf(section)->addWidget(makeLabel(title, "heading"));
    columnOf(section)->addWidget(widget);
    m_sections.push_back(section);
    m_titles << title;
    auto* column = qobject_cast<QVBoxLayout*>(m_page->layout());
    column->insertWidget(column->count() - 1, section);
}

void FormView::addGroup(const LeafGroup& group, Width width, const FieldHelp& help)
{
    QVBoxLayout* column = columnOf(qobject_cast<QFrame*>(m_sections.back()));
    const std::size_t first = m_boxes.size();
    QLabel* title = group.title.isEmpty() ? nullptr : makeLabel(group.title, "label");
    if (title != nullptr) {
        column->addWidget(title);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(5 * kGrid);
    grid->setVerticalSpacing(3 * kGrid);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    column->addLayout(grid);
    for (const Leaf& leaf : group.leaves) {
        addBox(grid, leaf, width, help);
    }
    if (title != nullptr) {
        m_headings.push_back({title, {m_boxes.begin() + static_cast<std::ptrdiff_t>(first), m_boxes.end()}});
    }
}

void FormView::addBox(QGridLayout* grid, const Leaf& leaf, Width width, const FieldHelp& help)
{
    auto* box = new FieldBox(leaf, help, m_sections.back());
    const int section = static_cast<int>(m_sections.size()) - 1;
    const int rows = grid->rowCount();
    const bool isShort = leaf.isShort() && width == Width::Whole;
    const bool isPair = isShort && rows > 0 && grid->itemAtPosition(rows - 1, 0) != nullptr &&
                        grid->itemAtPosition(rows - 1, 1) == nullptr;
    if (isPair) {
        grid->addWidget(box, rows - 1, 1);
    } else {
        grid->addWidget(box, rows, 0, 1, isShort ? 1 : 2);
    }
    m_boxes.push_back(box);
    m_sectionOf[box] = section;
    connect(box, &FieldBox::edited, this,
            [this, box] { emit edited(box->leaf().pointer, box->editor().value()); });
    connect(box, &FieldBox::entered, this, [this, box] { goOnFrom(box); });
    connect(box, &FieldBox::personChosen, this,
            [this, box](const QString& key) { emit personChosen(box->leaf().pointer, key); });
    connect(box, &FieldBox::offerTaken, this, [this, box] { emit offerTaken(box->leaf().pointer); });
    connect(box, &FieldBox::focused, this, [this, box, section] {
        reveal(box);
        emit focused(box->leaf().pointer);
        emit sectionEntered(section);
    });
    connect(box, &FieldBox::reasonGiven, this, [this, box](const QString& reason) {
        // The reason answers the problem where it was found: of a whole person, not of its first field.
        for (const std::string& pointer : m_softAt[box]) {
            emit reasonGiven(pointer, reason);
        }
    });
}

void FormView::goOnFrom(FieldBox* box)
{
    if (box->asksReason() && box->editor().isAncestorOf(focusWidget())) {
        box->focusReason();
        return;
    }
    const auto here = std::find(m_boxes.begin(), m_boxes.end(), box);
    // What the register filled in needs no key; Tab still goes to it.
    const auto isNext = [this](FieldBox* each) { return !each->isKnown() && !isHidden(each); };
    const auto next = here == m_boxes.end() ? here : std::find_if(here + 1, m_boxes.end(), isNext);
    if (next == m_boxes.end()) {
        emit finished();
        return;
    }
    (*next)->editor().focusAt(-1);
}

bool FormView::isHidden(const FieldBox* box) const
{
    const std::string& own = box->leaf().pointer;
    return std::any_of(m_hidden.begin(), m_hidden.end(), [&](const std::string& pointer) {
        return own == pointer || own.rfind(pointer + '/', 0) == 0;
    });
}

void FormView::hideFields(const std::set<std::string>& pointers)
{
    if (pointers == m_hidden) {
        return;
    }
    m_hidden = pointers;
    for (FieldBox* box : m_boxes) {
        box->setVisible(!isHidden(box));
    }
    showHeadings();
}

void FormView::showHeadings()
{
    for (const Heading& heading : m_headings) {
        heading.label->setVisible(std::any_of(heading.boxes.begin(), heading.boxes.end(),
                                              [&](const FieldBox* box) { return !isHidden(box); }));
    }
}

void FormView::setValue(const std::string& pointer, const Json& value)
{
    if (FieldBox* box = boxOf(pointer)) {
        box->editor().setValue(value);
    }
}

bool FormView::hasField(const std::string& pointer) const
{
    return std::any_of(m_boxes.begin(), m_boxes.end(),
                       [&](FieldBox* box) { return box->leaf().pointer == pointer; });
}

void FormView::showProblems(const Problems& problems, const std::map<std::string, std::string>& reasons)
{
    std::map<FieldBox*, Problems> byBox;
    m_softAt.clear();
    std::vector<ProblemList::Line> lines;
    for (const Problem& problem : problems) {
        FieldBox* box = boxOf(problem.pointer);
        const QString label =
            box == nullptr ? QString()
                           : m_titles.value(m_sectionOf[box]) + QStringLiteral(" · ") + box->leaf().label;
        lines.push_back({problem, label});
        if (box != nullptr) {
            byBox[box].push_back(problem);
            if (problem.severity == Severity::Soft) {
                m_softAt[box].insert(problem.pointer);
            }
        }
    }
    for (FieldBox* box : m_boxes) {
        QString given;
        for (const std::string& pointer : m_softAt[box]) {
            const auto reason = reasons.find(pointer);
            given = reason == reasons.end() ? given : toQString(reason->second);
        }
        box->showProblems(byBox[box], given);
    }
    m_problems->show(lines);
}

void FormView::focusField(const std::string& pointer, int cursor)
{
    if (FieldBox* box = boxOf(pointer)) {
        box->editor().focusAt(cursor);
        reveal(box);
    } else if (const auto asked = m_asked.find(pointer); asked != m_asked.end()) {
        asked->second->setFocus(Qt::TabFocusReason);
        reveal(m_askedCard);
    }
}

void FormView::ask(const Problem& problem, const QString& reason)
{
    if (m_asked.count(problem.pointer) > 0) {
        return;
    }
    if (m_askedCard == nullptr) {
        m_askedCard = makeFrame("card", 5 * kGrid, 3 * kGrid, m_page);
        columnOf(m_askedCard)->addWidget(makeLabel(tr("Cần ghi rõ trước khi nhận"), "heading"));
        qobject_cast<QVBoxLayout*>(m_page->layout())->insertWidget(0, m_askedCard);
    }
    QVBoxLayout* column = columnOf(m_askedCard);
    column->addWidget(makeLabel(displayText(problem.message), "soft-problem"));
    auto* label = makeLineLabel(tr("Lý do vẫn nhận"), "label");
    auto* field = named(new QLineEdit, "reason", tr("Lý do vẫn nhận: %1").arg(displayText(problem.message)));
    field->setObjectName(QStringLiteral("reason:") + toQString(problem.pointer));
    field->setMaxLength(1000);
    field->setText(reason);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field);
    m_asked.emplace(problem.pointer, field);
    connect(field, &QLineEdit::textEdited, this,
            [this, pointer = problem.pointer](const QString& text) { emit reasonGiven(pointer, text); });
    connect(field, &QLineEdit::returnPressed, this, &FormView::focusFirst);
}

void FormView::focusFirst()
{
    if (!m_boxes.empty()) {
        m_boxes.front()->editor().focusAt(-1);
    }
}

void FormView::showSection(int index)
{
    const auto it = std::find_if(m_boxes.begin(), m_boxes.end(),
                                 [&](FieldBox* box) { return m_sectionOf[box] == index; });
    if (it != m_boxes.end()) {
        (*it)->editor().focusAt(-1);
    }
    if (index >= 0 && index < static_cast<int>(m_sections.size())) {
        QWidget* section = m_sections[static_cast<std::size_t>(index)];
        if (it == m_boxes.end()) {
            section->setFocus();
        }
        m_scroll->verticalScrollBar()->setValue(section->y() - 2 * kGrid);
    }
}

void FormView::reveal(QWidget* widget)
{
    QTimer::singleShot(0, widget, [this, widget] {
        // A reason or a list of problems may just have appeared: everything takes its place first.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        m_page->layout()->activate();
        m_scroll->ensureWidgetVisible(widget, 0, 4 * kGrid);
    });
}

void FormView::showMark(const std::string& pointer, const QString& mark)
{
    if (FieldBox* box = boxOf(pointer)) {
        box->showMark(mark);
    }
}

void FormView::fillKnown(const std::string& pointer, const Json& value, const QString& mark)
{
    if (FieldBox* box = boxOf(pointer); box != nullptr && box->leaf().pointer == pointer) {
        box->editor().setValue(value);
        box->showKnown(mark);
    }
}

void FormView::showOffers(const std::map<std::string, QString>& offers)
{
    std::map<FieldBox*, QString> byBox;
    for (const auto& [pointer, text] : offers) {
        byBox[boxOf(pointer)] = text;
    }
    for (FieldBox* box : m_boxes) {
        const auto offer = byBox.find(box);
        box->showOffer(offer == byBox.end() ? QString() : offer->second);
    }
}

int FormView::cursorOf(const std::string& pointer) const
{
    FieldBox* box = boxOf(pointer);
    return box == nullptr ? 0 : box->editor().cursor();
}

FieldBox* FormView::boxOf(const std::string& pointer) const
{
    FieldBox* inside = nullptr;
    for (FieldBox* box : m_boxes) {
        const std::string& own = box->leaf().pointer;
        if (own == pointer) {
            return box;
        }
        // A problem of a whole person stands at its first field, one inside a date at the date.
        const bool isInside = own.rfind(pointer + '/', 0) == 0 || pointer.rfind(own + '/', 0) == 0;
        if (inside == nullptr && !pointer.empty() && isInside) {
            inside = box;
        }
    }
    return inside;
}

} // namespace motcua
