// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/pile_dialog.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"
#include "app/widgets/suggestion_source.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <array>

namespace motcua {

namespace {

constexpr int kWidth = 760;
constexpr int kHeight = 520;
constexpr int kDocumentMax = 300;
constexpr int kPagesMax = 5000;
constexpr int kCopiesMax = 999;
constexpr int kProblemsShown = 3;

bool isEnter(const QKeyEvent& key)
{
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

QSpinBox* makeCount(int value, int most, const char* id, const QString& spoken)
{
    auto* box = named(new QSpinBox, id, spoken);
    box->setRange(1, most);
    box->setValue(value);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(90);
    return box;
}

} // namespace

PileDialog::PileDialog(Theme& theme, IntakePresenter& presenter, QStringList suggestions, QWidget* parent)
    : QDialog(parent), m_presenter(presenter), m_suggestions(std::move(suggestions)), m_grid(new QGridLayout),
      m_message(new MessageBar(theme)), m_sums(makeLabel({}, "hint")), m_total(makeLineLabel({}, "large")),
      m_confirm(makeButton(tr("&Nhận cả xấp"), "primary", "receivePile", QStringLiteral("Ctrl+Enter")))
{
    setWindowTitle(tr("Nhận theo xấp"));
    resize(kWidth, kHeight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    const QString who = displayText(stringAt(at(presenter.draft(), "applicant"), "name"));
    column->addWidget(
        makeLabel(who.isEmpty() ? tr("Xấp giấy tờ") : tr("Xấp giấy tờ của %1").arg(who), "heading"));
    column->addWidget(
        makeLabel(tr("Mỗi loại giấy tờ một dòng: thành một hồ sơ và một số chứng thực riêng. Người "
                     "nộp lấy từ tờ khai."),
                  "hint"));
    column->addWidget(m_message);
    auto* sheet = new QWidget;
    auto* sheetColumn = new QVBoxLayout(sheet);
    sheetColumn->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(3 * kGrid);
    m_grid->setVerticalSpacing(2 * kGrid);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnMinimumWidth(3, 110);
    sheetColumn->addLayout(m_grid);
    sheetColumn->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    column->addWidget(scroll, 1);
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, scroll,
            [scroll](int, int most) { scroll->verticalScrollBar()->setValue(most); });
    addHead();
    for (const PileRow& row : presenter.pile()) {
        addRow(row);
    }
    column->addWidget(makeRule());
    addPapers(column);
    column->addWidget(m_sums);
    column->addWidget(named(m_total, "pileTotal", tr("Tổng cộng")));
    addButtons(column);
    connect(&presenter, &IntakePresenter::receivedOnce, this, &QDialog::accept);
    connect(&presenter, &IntakePresenter::pileRefused, this, [this](const QStringList& problems) {
        m_message->show(Tone::Warning, tr("Chưa nhận hồ sơ nào trong xấp."), problems.join(QLatin1Char(' ')));
        m_confirm->setEnabled(true);
    });
    reckon();
    m_rows.back().document->setFocus();
}

void PileDialog::addHead()
{
    const QStringList titles{tr("Tên bản chính giấy tờ, văn bản"), tr("Số trang"), tr("Số bản"), tr("Phí")};
    for (int i = 0; i < titles.size(); ++i) {
        m_grid->addWidget(makeLineLabel(titles[i], "label"), 0, i, i == 3 ? Qt::AlignRight : Qt::AlignLeft);
    }
}

void PileDialog::addRow(const PileRow& row)
{
    const int number = static_cast<int>(m_rows.size()) + 1;
    Row made{named(new SuggestionEdit, "pileDocument", tr("Tên giấy tờ dòng %1").arg(number)),
             makeCount(row.pages, kPagesMax, "pilePages", tr("Số trang dòng %1").arg(number)),
             makeCount(row.copies, kCopiesMax, "pileCopies", tr("Số bản dòng %1").arg(number)),
             makeLineLabel({}, "")};
    made.document->setMaxLength(kDocumentMax);
    made.document->setText(row.document);
    made.document->setSource(suggestionsAmong(m_suggestions));
    const std::array<QWidget*, 3> fields{made.document, made.pages, made.copies};
    for (int i = 0; i < 3; ++i) {
        fields.at(static_cast<std::size_t>(i))->installEventFilter(this);
        m_grid->addWidget(fields.at(static_cast<std::size_t>(i)), number, i);
        // By itself the layout shows it some events later; what is typed until then would go into the row
        // before.
        fields.at(static_cast<std::size_t>(i))->show();
    }
    m_grid->addWidget(made.fee, number, 3, Qt::AlignRight | Qt::AlignVCenter);
    connect(made.document, &QLineEdit::textChanged, this, &PileDialog::reckon);
    connect(made.document, &SuggestionEdit::entered, this,
            [this, document = made.document] { goOn(document); });
    connect(made.pages, &QSpinBox::valueChanged, this, &PileDialog::reckon);
    connect(made.copies, &QSpinBox::valueChanged, this, &PileDialog::reckon);
    m_rows.push_back(made);
    orderTabs();
}

void PileDialog::orderTabs()
{
    std::vector<QWidget*> order;
    for (const Row& row : m_rows) {
        order.insert(order.end(), {row.document, row.pages, row.copies});
    }
    order.insert(order.end(), m_behindRows.begin(), m_behindRows.end());
    for (std::size_t i = 1; i < order.size(); ++i) {
        QWidget::setTabOrder(order[i - 1], order[i]);
    }
}

void PileDialog::addPapers(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(4 * kGrid);
    row->addWidget(makeLineLabel(tr("Kèm mỗi loại:"), "label"));
    for (const PilePaper& paper : m_presenter.pilePapers()) {
        auto* box = named(new QCheckBox(paper.name), "pilePaper", paper.name);
        box->setChecked(paper.isThere);
        connect(box, &QCheckBox::toggled, this, [this, code = paper.code](bool isThere) {
            m_presenter.setPilePaper(code, isThere);
            reckon();
        });
        row->addWidget(box);
        m_behindRows.push_back(box);
    }
    row->addStretch();
    column->addLayout(row);
}

void PileDialog::addButtons(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    auto* cancel = makeButton(tr("&Quay lại tờ khai"), "", "leavePile", QStringLiteral("Esc"));
    auto* more = makeButton(tr("&Thêm dòng"), "", "addPileRow", QStringLiteral("Enter"));
    for (QPushButton* button : {cancel, more, m_confirm}) {
        button->setAutoDefault(false); // Enter goes on to the next field
    }
    row->addWidget(cancel);
    row->addWidget(more);
    row->addStretch();
    row->addWidget(m_confirm);
    column->addLayout(row);
    m_behindRows.insert(m_behindRows.end(), {m_confirm, more, cancel});
    orderTabs();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(more, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.back().document->setFocus();
    });
    connect(m_confirm, &QPushButton::clicked, this, &PileDialog::confirm);
}

std::vector<PileRow> PileDialog::rows() const
{
    std::vector<PileRow> rows;
    for (const Row& row : m_rows) {
        if (!row.document->text().trimmed().isEmpty()) {
            rows.push_back({row.document->text(), row.pages->value(), row.copies->value()});
        }
    }
    return rows;
}

void PileDialog::reckon()
{
    const auto named = rows();
    const PileSum sum = m_presenter.reckon(named);
    int next = 0;
    for (const Row& row : m_rows) {
        const bool counts = !row.document->text().trimmed().isEmpty();
        row.fee->setText(counts ? sum.fees.at(next) : QString());
        next += counts ? 1 : 0;
    }
    m_sums->setText(sum.sums.isEmpty() ? QString() : sum.sums.constLast());
    m_total->setText(tr("%1 loại giấy tờ · Tổng cộng: %2").arg(named.size()).arg(sum.total));
}

void PileDialog::goOn(QObject* from)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row row = m_rows[i];
        if (from == row.document) {
            row.pages->setFocus();
            row.pages->selectAll();
        } else if (from == row.pages) {
            row.copies->setFocus();
            row.copies->selectAll();
        } else if (from == row.copies) {
            if (i + 1 == m_rows.size()) {
                addRow({});
            }
            m_rows[i + 1].document->setFocus();
        } else {
            continue;
        }
        return;
    }
}

void PileDialog::confirm()
{
    if (!m_confirm->isEnabled()) {
        return;
    }
    const auto named = rows();
    const QStringList problems = named.empty() ? QStringList{tr("Chưa có dòng nào ghi tên giấy tờ.")}
                                               : m_presenter.reckon(named).problems;
    if (!problems.isEmpty()) {
        m_message->show(Tone::Warning, tr("Chưa nhận được: còn %1 chỗ phải sửa.").arg(problems.size()),
                        QStringList(problems.mid(0, kProblemsShown)).join(QLatin1Char(' ')));
        return;
    }
    m_confirm->setEnabled(false);
    m_presenter.receivePile(named);
}

void PileDialog::done(int result)
{
    if (result == QDialog::Rejected) {
        m_presenter.setPile(rows());
    }
    QDialog::done(result);
}

bool PileDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (isEnter(*key) && key->isAutoRepeat()) {
            return true;
        }
        if (isEnter(*key) && key->modifiers().testFlag(Qt::ControlModifier)) {
            confirm();
            return true;
        }
        // A field that offers names takes what is marked first, and then says itself that it goes on.
        if (isEnter(*key) && qobject_cast<SuggestionEdit*>(watched) == nullptr) {
            goOn(watched);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void PileDialog::keyPressEvent(QKeyEvent* event)
{
    if (isEnter(*event)) {
        if (event->modifiers().testFlag(Qt::ControlModifier)) {
            confirm();
        }
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace motcua
