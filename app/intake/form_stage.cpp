// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/form_stage.h"

#include "app/intake/form_view.h"
#include "app/intake/papers_view.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace motcua {

namespace {

const std::string kPapersPointer = "/components";

bool concernsPapers(const std::string& pointer)
{
    return pointer.rfind(kPapersPointer, 0) == 0;
}

/// ① ② ③ …
QString circled(int number)
{
    constexpr char16_t kCircledOne = 0x2460;
    return number <= 20 ? QString(QChar(static_cast<char16_t>(kCircledOne + number - 1)))
                        : QString::number(number);
}

} // namespace

FormStage::FormStage(IntakePresenter& presenter, FileDesk& files, FieldHelp help, QWidget* parent)
    : QWidget(parent), m_presenter(presenter), m_files(files), m_help(std::move(help)),
      m_title(makeLabel({}, "title")), m_steps(new QHBoxLayout), m_stepGroup(new QButtonGroup(this)),
      m_form(new FormView)
{
    m_help.people = [&presenter](const std::string& pointer, const QString& typed) {
        return presenter.suggestPeople(pointer, typed);
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4 * kGrid, 0, 0);
    column->setSpacing(kGrid);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(6 * kGrid, 0, 6 * kGrid, 0);
    head->setSpacing(kGrid);
    head->addWidget(m_title);
    m_steps->setSpacing(0);
    head->addLayout(m_steps);
    column->addLayout(head);
    column->addWidget(m_form, 1);
    column->addWidget(makeBar());
    connectForm();
}

QWidget* FormStage::makeBar()
{
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6 * kGrid, 2 * kGrid, 6 * kGrid, 2 * kGrid);
    auto* back = makeButton(tr("&Chọn thủ tục khác"), "", "leaveForm", QStringLiteral("Esc"));
    auto* discard = makeButton(tr("&Bỏ tờ khai này"), "link", "discardDraft");
    auto* refuse = makeButton(tr("&Từ chối tiếp nhận…"), "link", "refuse");
    auto* go = makeButton(tr("&Kiểm tra"), "primary", "continue", QStringLiteral("Ctrl+Enter"));
    row->addWidget(back);
    row->addWidget(discard);
    row->addWidget(refuse);
    m_pile = makeButton(tr("Nhận theo &xấp…"), "link", "pile");
    row->addWidget(m_pile);
    row->addStretch();
    row->addWidget(go);
    connect(back, &QPushButton::clicked, this, &FormStage::left);
    connect(discard, &QPushButton::clicked, this, &FormStage::discarded);
    connect(refuse, &QPushButton::clicked, this, &FormStage::refusalWanted);
    connect(m_pile, &QPushButton::clicked, this, &FormStage::pileWanted);
    connect(go, &QPushButton::clicked, this, &FormStage::continued);
    return bar;
}

void FormStage::connectForm()
{
    connect(m_stepGroup, &QButtonGroup::idClicked, this, [this](int index) { m_form->showSection(index); });
    connect(m_form, &FormView::sectionEntered, this, &FormStage::showStep);
    connect(m_form, &FormView::edited, this, [this](const std::string& pointer, const Json& value) {
        m_presenter.set(pointer, value);
        m_presenter.setFocus(pointer, m_form->cursorOf(pointer));
        guessGender(pointer, value);
        showCase();
        forgetSolved(pointer);
    });
    connect(m_form, &FormView::reasonGiven, this, [this](const std::string& pointer, const QString& reason) {
        m_presenter.setReason(pointer, reason);
    });
    connect(m_form, &FormView::focused, this,
            [this](const std::string& pointer) { m_presenter.setFocus(pointer, m_form->cursorOf(pointer)); });
    connect(m_form, &FormView::personChosen, &m_presenter, &IntakePresenter::choosePerson);
    connect(m_form, &FormView::offerTaken, this, &FormStage::fillIn);
    connect(&m_presenter, &IntakePresenter::filledIn, this,
            [this](const std::string& pointer, const Json& value, const QString& mark) {
                m_form->fillKnown(pointer, value, mark);
                forgetSolved(pointer);
            });
    connect(&m_presenter, &IntakePresenter::factsChanged, this,
            [this] { m_form->showOffers(m_presenter.offers()); });
    connect(m_form, &FormView::problemChosen, this, &FormStage::focusField);
    connect(m_form, &FormView::finished, this, [this] { m_papers->focusFirst(); });
}

void FormStage::open()
{
    m_problems.clear();
    m_title->setText(displayText(m_presenter.procedure()->name));
    m_pile->setVisible(m_presenter.takesPiles());
    m_form->build(m_presenter.parts(), m_help);
    m_papers = new PapersView(m_files);
    connect(m_papers, &PapersView::announced, this, &FormStage::announced);
    m_papers->build(m_presenter.procedure()->papers);
    m_form->append(tr("Giấy tờ"), m_papers);
    buildSteps();
    showDraft();
    showCase();
    connect(m_papers, &PapersView::reasonGiven, this,
            [this](const QString& reason) { m_presenter.setReason(kPapersPointer, reason); });
    const int papersStep = static_cast<int>(m_form->sectionTitles().size()) - 1;
    connect(m_papers, &PapersView::edited, this, [this] {
        m_presenter.setComponents(m_papers->components());
        showCase();
        forgetSolved(kPapersPointer);
    });
    connect(m_papers, &PapersView::focused, this, [this, papersStep] {
        m_presenter.setFocus(kPapersPointer, 0);
        m_form->reveal(m_papers->focusWidget() != nullptr ? m_papers->focusWidget() : m_papers);
        showStep(papersStep);
    });
    connect(m_papers, &PapersView::finished, this,
            [this] { findChild<QPushButton*>(QStringLiteral("continue"))->setFocus(Qt::TabFocusReason); });
    showStep(0);
    const std::string focus = m_presenter.focusPointer();
    const int cursor = m_presenter.focusCursor();
    if (focus == kPapersPointer) {
        m_papers->focusFirst();
    } else if (!focus.empty()) {
        m_form->focusField(focus, cursor);
    } else {
        m_form->focusFirst();
    }
}

int FormStage::filesUnderWay() const
{
    return m_papers != nullptr ? m_papers->filesUnderWay() : 0;
}

void FormStage::stopFiles()
{
    m_papers->stopFiles();
}

void FormStage::showDraft()
{
    for (const FormPart& part : m_presenter.parts()) {
        for (const LeafGroup& group : part.groups) {
            for (const Leaf& leaf : group.leaves) {
                m_form->setValue(leaf.pointer, valueAt(m_presenter.draft(), leaf.pointer));
            }
        }
    }
    for (const auto& [pointer, mark] : m_presenter.fromRegister()) {
        m_form->fillKnown(pointer, valueAt(m_presenter.draft(), pointer), mark);
    }
    m_form->showOffers(m_presenter.offers());
    m_papers->setComponents(at(m_presenter.draft(), "components"));
}

void FormStage::buildSteps()
{
    clearLayout(m_steps);
    for (QAbstractButton* old : m_stepGroup->buttons()) {
        m_stepGroup->removeButton(old);
    }
    const QStringList titles = m_form->sectionTitles();
    for (int i = 0; i < titles.size(); ++i) {
        auto* step = makeButton(circled(i + 1) + QStringLiteral(" ") + titles[i], "step", "step");
        step->setAccessibleName(titles[i]);
        step->setToolTip(titles[i]);
        step->setCheckable(true);
        step->setFocusPolicy(Qt::ClickFocus);
        m_stepGroup->addButton(step, i);
        m_steps->addWidget(step);
    }
    m_steps->addStretch();
    fitSteps();
}

void FormStage::showCase()
{
    m_form->hideFields(m_presenter.hiddenFields());
    m_papers->setAsked(m_presenter.askedPapers());
}

void FormStage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitSteps();
}

/// All steps by name where there is room; else the one that one is in by name and the others by number.
void FormStage::fitSteps()
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const auto widthOf = [&](const QString& words) {
        return QFontMetrics(bold).horizontalAdvance(words) + 6 * kGrid;
    };
    const QStringList titles = m_form->sectionTitles();
    const auto named = [&](int i) { return circled(i + 1) + QStringLiteral(" ") + titles[i]; };
    int needed = 12 * kGrid;
    for (int i = 0; i < titles.size(); ++i) {
        needed += widthOf(named(i));
    }
    for (QAbstractButton* step : m_stepGroup->buttons()) {
        const int i = m_stepGroup->id(step);
        if (i >= 0 && i < titles.size()) {
            step->setText(needed <= width() || step->isChecked() ? named(i) : circled(i + 1));
            step->setMinimumWidth(
                widthOf(step->text())); // room for the bold words of the step that one is in
        }
    }
}

void FormStage::showStep(int index)
{
    if (QAbstractButton* step = m_stepGroup->button(index)) {
        step->setChecked(true);
        fitSteps();
    }
}

void FormStage::showProblems(const Problems& problems)
{
    m_problems = problems;
    showRemaining();
    if (!problems.empty()) {
        const auto hard = std::find_if(problems.begin(), problems.end(),
                                       [](const Problem& p) { return p.severity == Severity::Hard; });
        focusField(hard != problems.end() ? hard->pointer : problems.front().pointer);
    }
}

void FormStage::focusField(const std::string& pointer)
{
    if (concernsPapers(pointer)) {
        m_papers->focusReason();
        m_form->reveal(m_papers->focusWidget() != nullptr ? m_papers->focusWidget() : m_papers);
        showStep(static_cast<int>(m_form->sectionTitles().size()) - 1);
    } else {
        m_form->focusField(pointer, -1);
    }
}

void FormStage::forgetSolved(const std::string& pointer)
{
    const bool concerns = std::any_of(m_problems.begin(), m_problems.end(), [&](const Problem& problem) {
        return problem.pointer.rfind(pointer, 0) == 0 || pointer.rfind(problem.pointer, 0) == 0;
    });
    if (!concerns) {
        return;
    }
    // A problem stays until it is really solved; new ones are not thrown in while somebody types.
    const Problems now = m_presenter.check().problems;
    std::erase_if(m_problems, [&](const Problem& old) {
        return std::none_of(now.begin(), now.end(), [&](const Problem& problem) {
            return problem.pointer == old.pointer && problem.rule == old.rule;
        });
    });
    showRemaining();
}

void FormStage::showRemaining()
{
    const std::map<std::string, std::string> reasons = m_presenter.reasons();
    m_form->showProblems(m_problems, reasons);
    Problems papers;
    for (const Problem& problem : m_problems) {
        if (concernsPapers(problem.pointer)) {
            papers.push_back(problem);
        } else if (problem.severity == Severity::Soft && !m_form->hasPlaceFor(problem.pointer)) {
            const auto reason = reasons.find(problem.pointer); // a term that the catalogue does not know, …
            m_form->ask(problem, reason == reasons.end() ? QString() : toQString(reason->second));
        }
    }
    const auto reason = reasons.find(kPapersPointer);
    m_papers->showProblems(papers, reason == reasons.end() ? QString() : toQString(reason->second));
}

void FormStage::fillIn(const std::string& pointer)
{
    if (!m_presenter.takeOffer(pointer)) {
        emit announced(Tone::Note, tr("Sổ không có gì để điền vào ô này."),
                       tr("Gõ tên hoặc số định danh; người đã có trong sổ hiện ngay dưới ô."));
    }
}

void FormStage::guessGender(const std::string& pointer, const Json& value)
{
    const std::string tail = "/personalId";
    const bool isId =
        pointer.size() > tail.size() && pointer.compare(pointer.size() - tail.size(), tail.size(), tail) == 0;
    if (!isId || !value.is_string() || value.get<std::string>().size() != 12) {
        return;
    }
    const std::string person = pointer.substr(0, pointer.size() - tail.size());
    const char figure = value.get<std::string>()[3];
    if (figure < '0' || figure > '9' || !valueAt(m_presenter.draft(), person + "/gender").is_null()) {
        return;
    }
    // The fourth figure tells century and sex: even male, odd female (NĐ 137/2015, Điều 13).
    const Json gender = (figure - '0') % 2 == 0 ? "male" : "female";
    if (m_form->hasField(person + "/gender")) {
        m_form->setValue(person + "/gender", gender);
        m_form->showMark(person + "/gender", tr("theo số định danh"));
        m_presenter.set(person + "/gender", gender);
    }
}

} // namespace motcua
