// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/done_stage.h"

#include "app/common/error_text.h"
#include "app/papers/outcome_bar.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QPointer>
#include <QTimer>

namespace motcua {

DoneStage::DoneStage(Theme& theme, PaperDesk& papers, PaperPress& press, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_papers(papers), m_press(press), m_head(makeLabel({}, "good")),
      m_codeLabel(makeLineLabel({}, "code")), m_citizen(makeLabel({}, "large")),
      m_due(makeLabel({}, "large")), m_fee(makeLabel({}, "large")), m_printing(makeLabel({}, "hint")),
      m_message(new MessageBar(theme)), m_outcome(new OutcomeBar),
      m_next(makeButton(tr("&Người tiếp theo"), "primary", "nextCitizen", QStringLiteral("F2"))),
      m_again(makeButton({}, "", "printSlip"))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(6 * kGrid, 8 * kGrid, 6 * kGrid, 6 * kGrid);
    QFrame* card = makeFrame("card", 8 * kGrid, 3 * kGrid);
    card->setMaximumWidth(720);
    QVBoxLayout* column = columnOf(card);
    column->addWidget(m_head);
    named(m_codeLabel, "dossierCode", tr("Mã hồ sơ"));
    m_codeLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_codeLabel);
    column->addWidget(m_citizen);
    column->addWidget(m_due);
    column->addWidget(m_fee);
    column->addWidget(makeRule());
    column->addWidget(m_message);
    column->addWidget(m_printing);
    column->addWidget(m_outcome);
    auto* open = makeButton(tr("&Mở hồ sơ"), "", "openReceived");
    auto* same = makeButton(tr("Thêm hồ sơ cho người này"), "", "sameCitizen", QStringLiteral("Ctrl+T"));
    same->setShortcut(Qt::CTRL | Qt::Key_T);
    for (const auto& [left, right] : {std::pair(m_next, same), std::pair(m_again, open)}) {
        auto* row = new QHBoxLayout;
        row->setSpacing(3 * kGrid);
        row->addWidget(left);
        row->addWidget(right);
        row->addStretch();
        column->addLayout(row);
    }
    outer->addWidget(card);
    outer->addStretch();
    connect(m_next, &QPushButton::clicked, this, &DoneStage::nextWanted);
    connect(same, &QPushButton::clicked, this, &DoneStage::sameCitizenWanted);
    connect(open, &QPushButton::clicked, this, [this] { emit dossierWanted(toQString(m_code)); });
    connect(m_again, &QPushButton::clicked, this, &DoneStage::printAgain);
    connect(m_outcome, &OutcomeBar::answered, this, [this](const QString& outcome) {
        record(toUtf8(outcome));
        if (outcome != QLatin1String("good")) {
            printSlip();
        } else {
            m_printing->setText(tr("Giấy tiếp nhận đã in tốt."));
            m_next->setFocus();
            emit slipOut();
        }
    });
}

void DoneStage::begin(const Received& received, const QString& citizen)
{
    m_code = received.code;
    m_job.reset();
    m_end.reset();
    m_codeLabel->setText(toQString(received.code));
    m_codeLabel->setAccessibleName(tr("Mã hồ sơ %1").arg(toQString(received.code)));
    m_citizen->setText(citizen);
    m_message->dismiss();
    m_outcome->hide();
    showKind();
}

void DoneStage::showKind()
{
    const QString key = QStringLiteral("   Ctrl+P");
    m_head->setText(m_refusal ? tr("Đã ghi từ chối tiếp nhận vào sổ") : tr("Đã tiếp nhận và ghi vào sổ"));
    m_again->setText((m_refusal ? tr("&In phiếu từ chối…") : tr("&In giấy tiếp nhận")) + key);
    m_again->setAccessibleName(m_refusal ? tr("In phiếu từ chối") : tr("In giấy tiếp nhận"));
    // What comes next is the button that stands out.
    setStyleProperty(m_again, "role", m_refusal ? "primary" : "");
    setStyleProperty(m_next, "role", m_refusal ? "" : "primary");
    m_fee->setVisible(!m_refusal);
}

void DoneStage::open(const Received& received, const QString& citizen, const QString& fee)
{
    m_refusal = false;
    m_pile = false;
    begin(received, citizen);
    m_due->setText(received.dueAt ? tr("Hẹn trả: %1").arg(longTime(*received.dueAt)) : tr("Chưa có hẹn trả"));
    m_fee->setText(fee);
    m_printing->setText(tr("Đang chuẩn bị giấy tiếp nhận…"));
    m_next->setFocus();
    // The code is on the screen first; the paper follows.
    QTimer::singleShot(0, this, &DoneStage::printSlip);
}

void DoneStage::openPile(const std::vector<Received>& all, const QString& citizen, const QString& fee)
{
    open(all.front(),
         tr("%1 – %2 hồ sơ, đến mã %3").arg(citizen).arg(all.size()).arg(toQString(all.back().code)), fee);
    m_pile = true; // before the paper follows
}

void DoneStage::openRefusal(const Received& refused, const QString& citizen, const QString& reason)
{
    m_refusal = true;
    m_pile = false;
    begin(refused, citizen);
    m_due->setText(tr("Lý do: %1").arg(displayText(reason)));
    m_printing->setText(tr("Xem phiếu từ chối rồi in hai liên hoặc lưu tệp PDF; trao liên 1 cho công dân."));
    m_again->setFocus();
}

QString DoneStage::headline() const
{
    return (m_refusal ? tr("Đã từ chối %1") : tr("Đã tiếp nhận %1")).arg(toQString(m_code));
}

void DoneStage::printSlip()
{
    auto job = m_papers.paperOf(m_code, m_pile ? "pile" : "slip");
    if (!job) {
        showError(job.error());
        return;
    }
    m_job = std::move(*job);
    const QString printer = m_press.usualPrinter();
    m_printing->setText(printer.isEmpty() ? tr("Đang lưu giấy tiếp nhận…")
                                          : tr("Đang in giấy tiếp nhận ra %1…").arg(printer));
    m_press.press(m_job->paper, m_job->stem, printer, m_job->madeAt,
                  [stage = QPointer<DoneStage>(this), code = m_code](const Result<PressEnd>& end) {
                      if (stage && stage->m_code == code) {
                          stage->pressed(end);
                      }
                  });
}

void DoneStage::pressed(const Result<PressEnd>& end)
{
    if (!end) {
        showError(end.error());
        return;
    }
    m_end = *end;
    if (end->trouble) {
        if (end->trouble->answered) {
            record("jammed"); // the queue refused it: no sheet was used
        }
        m_end.reset();
        showTrouble(end->trouble->text);
        return;
    }
    if (!end->file.isEmpty()) {
        record("file");
        m_printing->setText(tr("Máy này chưa có máy in. Giấy tiếp nhận (%1 liên) đã lưu ở %2")
                                .arg(end->copies)
                                .arg(displayText(end->file)));
        emit slipOut();
        return;
    }
    m_printing->clear();
    m_outcome->ask(
        tr("Giấy tiếp nhận (%1 liên) đã gửi tới %2. Giấy ra thế nào?").arg(end->copies).arg(end->printer));
    m_outcome->focusGood();
}

void DoneStage::record(const std::string& outcome)
{
    if (!m_job || !m_end) {
        return;
    }
    const auto written = m_job->record(*m_end, outcome);
    m_end.reset();
    if (!written) {
        showError(written.error().error);
    }
}

void DoneStage::printAgain()
{
    auto job = m_papers.paperOf(m_code, m_refusal ? "refusal" : m_pile ? "pile" : "slip");
    if (!job) {
        showError(job.error());
        return;
    }
    PrintDialog dialog(m_theme, m_press, std::move(*job), window());
    connect(&dialog, &PrintDialog::broughtOut, this, [this](const QString& file) {
        if (m_refusal) {
            m_printing->setText(file.isEmpty() ? tr("Phiếu từ chối đã in tốt.")
                                               : tr("Phiếu từ chối đã lưu ở %1").arg(displayText(file)));
            setStyleProperty(m_again, "role", "");
            setStyleProperty(m_next, "role", "primary");
        }
        m_next->setFocus();
    });
    dialog.exec();
}

void DoneStage::showError(const Error& error)
{
    showTrouble(explain(error));
}

void DoneStage::showTrouble(const ErrorText& text)
{
    m_message->show(
        Tone::Warning, toQString(text.happened),
        tr("Hồ sơ đã ghi vào sổ với mã ở trên, không cần nhập lại. %1").arg(toQString(text.next)));
    m_printing->clear();
}

} // namespace motcua
