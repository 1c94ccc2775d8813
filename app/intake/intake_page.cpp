// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/intake_page.h"

#include "app/intake/check_stage.h"
#include "app/intake/done_stage.h"
#include "app/intake/facts_panel.h"
#include "app/intake/form_stage.h"
#include "app/intake/pile_dialog.h"
#include "app/intake/procedure_chooser.h"
#include "app/intake/refusal_dialog.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace motcua {

IntakePage::IntakePage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press, FieldHelp help,
                       QWidget* parent)
    : Page(parent), m_theme(theme), m_papers(papers), m_press(press),
      m_presenter(place.desk(), place.clock(), place.random()), m_files(place), m_help(std::move(help)),
      m_facts(new FactsPanel(this)), m_stack(new QStackedWidget),
      m_chooser(new ProcedureChooser(theme, m_presenter))
{
    m_facts->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    m_stack->addWidget(m_chooser);
    connect(m_chooser, &ProcedureChooser::chosen, this, &IntakePage::begin);
    connect(m_chooser, &ProcedureChooser::draftChosen, this, &IntakePage::openDraft);
    connect(m_chooser, &ProcedureChooser::highlighted, this, [this](const Procedure* procedure) {
        if (procedure == nullptr) {
            m_facts->clear();
        } else {
            m_facts->show(m_presenter.describe(*procedure), FactsPanel::Papers::All);
        }
    });
    connect(&m_files, &FileDesk::idle, this, &IntakePage::filesSettled);
    connectPresenter();
}

IntakePage::~IntakePage() = default;

void IntakePage::connectPresenter()
{
    connect(&m_presenter, &IntakePresenter::factsChanged, this, &IntakePage::showFacts);
    connect(&m_presenter, &IntakePresenter::receivedOnce, this, &IntakePage::showReceived);
    connect(&m_presenter, &IntakePresenter::turnedAway, this, &IntakePage::showTurnedAway);
    connect(&m_presenter, &IntakePresenter::refused, this, [this](const Problems& problems) {
        showStage(m_form);
        m_form->showProblems(problems);
    });
    connect(&m_presenter, &IntakePresenter::failed, this, [this](const ErrorText& error) {
        m_check->setReceiving(false);
        announceError(error);
    });
    connect(&m_presenter, &IntakePresenter::saveFailed, this, &IntakePage::announceError);
}

/// The later steps are made when the first form is opened, not at the start of the program.
void IntakePage::connectStages()
{
    if (m_form != nullptr) {
        return;
    }
    m_form = new FormStage(m_presenter, m_files, m_help);
    connect(m_form, &FormStage::announced, this, &Page::announced);
    m_check = new CheckStage(m_presenter);
    m_done = new DoneStage(m_theme, m_papers, m_press);
    m_stack->addWidget(m_form);
    m_stack->addWidget(m_check);
    m_stack->addWidget(m_done);
    connect(m_form, &FormStage::continued, this, &IntakePage::check);
    connect(m_form, &FormStage::left, this, [this] { static_cast<void>(goBack()); });
    connect(m_form, &FormStage::discarded, this, [this] {
        m_form->stopFiles();
        m_presenter.discard();
        showStage(m_chooser);
        emit announced(Tone::Note, tr("Đã bỏ tờ khai đang làm dở."), {});
    });
    connect(m_form, &FormStage::refusalWanted, this, &IntakePage::askRefusal);
    connect(m_form, &FormStage::pileWanted, this, &IntakePage::askPile);
    connect(m_check, &CheckStage::refusalWanted, this, &IntakePage::askRefusal);
    connect(m_check, &CheckStage::left, this, [this] { static_cast<void>(goBack()); });
    connect(m_check, &CheckStage::printWanted, this, &IntakePage::printCheckSheet);
    connect(m_check, &CheckStage::receiveWanted, this, &IntakePage::pressContinue);
    connect(m_check, &CheckStage::editWanted, this, [this](const std::string& pointer) {
        showStage(m_form);
        m_form->focusField(pointer);
    });
    connect(m_done, &DoneStage::nextWanted, this, &IntakePage::startNew);
    connect(m_done, &DoneStage::sameCitizenWanted, this, &IntakePage::startForSame);
    connect(m_done, &DoneStage::dossierWanted, this, &Page::dossierWanted);
    connect(m_done, &DoneStage::slipOut, this, &IntakePage::slipOut);
}

QWidget* IntakePage::contextPanel()
{
    return m_facts;
}

void IntakePage::arrive()
{
    if (!m_visited) {
        m_visited = true;
        m_chooser->refresh();
        resumeInterrupted();
        return;
    }
    if (m_stack->currentWidget() == m_done) {
        startNew();
    } else if (m_stack->currentWidget() == m_form) {
        m_form->focusField(m_presenter.focusPointer());
    } else if (m_stack->currentWidget() == m_chooser) {
        m_chooser->refresh();
    }
}

void IntakePage::resumeInterrupted()
{
    const std::optional<DraftRow> row = m_presenter.interrupted();
    if (!row || !m_presenter.resume(*row)) {
        return;
    }
    connectStages();
    showStage(m_form);
    m_form->open();
    emit announced(
        Tone::Good, tr("Bạn đang làm dở: %1.").arg(displayText(m_presenter.procedure()->name)),
        tr("Không mất gì; lần ghi cuối %1. Gõ tiếp ở đúng ô đang dở.").arg(longTime(row->updated)));
}

void IntakePage::startNew()
{
    m_presenter.forgetApplicant();
    m_presenter.park();
    showStage(m_chooser);
}

void IntakePage::startForSame()
{
    m_presenter.keepApplicant();
    m_presenter.park();
    showStage(m_chooser);
    emit announced(Tone::Note, tr("Hồ sơ tiếp theo của %1.").arg(m_presenter.keptApplicant()),
                   tr("Chọn thủ tục; người nộp được điền sẵn. Bấm F2 nếu là người khác."));
}

void IntakePage::begin(const Procedure* procedure)
{
    if (procedure == nullptr) {
        return;
    }
    if (procedure->repealed) {
        emit announced(Tone::Warning, tr("Thủ tục %1 đã bãi bỏ.").arg(toQString(procedure->code)),
                       tr("Chọn thủ tục thay thế."));
        return;
    }
    connectStages();
    m_presenter.begin(*procedure);
    showStage(m_form);
    m_form->open();
}

void IntakePage::openDraft(std::int64_t id)
{
    for (const DraftRow& row : m_presenter.drafts()) {
        if (row.id != id) {
            continue;
        }
        if (!m_presenter.resume(row)) {
            emit announced(Tone::Warning, tr("Thủ tục của tờ khai này không còn hiệu lực."),
                           tr("Tờ khai vẫn được giữ; chọn thủ tục mới để nhập lại."));
            return;
        }
        connectStages();
        showStage(m_form);
        m_form->open();
    }
}

int IntakePage::filesUnderWay() const
{
    return m_form == nullptr ? 0 : m_form->filesUnderWay();
}

bool IntakePage::waitsForFiles()
{
    const int left = filesUnderWay();
    if (left == 0) {
        return false;
    }
    emit announced(Tone::Note, tr("Còn %1 tệp đang đưa vào sổ.").arg(left),
                   tr("Đợi xong rồi bấm lại, hoặc bấm “Dừng” dưới giấy tờ để bỏ %1 tệp ấy.").arg(left));
    return true;
}

void IntakePage::check()
{
    if (waitsForFiles()) {
        return;
    }
    m_presenter.saveNow();
    const CheckedDraft checked = m_presenter.check();
    if (!checked.accepted()) {
        m_form->showProblems(checked.problems);
        return;
    }
    m_form->showProblems({});
    showStage(m_check);
    m_check->open();
}

void IntakePage::pressContinue()
{
    if (m_stack->currentWidget() == m_form) {
        check();
    } else if (m_stack->currentWidget() == m_check) {
        m_check->setReceiving(true);
        m_presenter.receive();
    }
}

void IntakePage::pressPrint()
{
    if (m_stack->currentWidget() == m_check) {
        printCheckSheet();
    } else if (m_stack->currentWidget() == m_done) {
        m_done->printAgain();
    }
}

void IntakePage::pressFillIn()
{
    if (m_stack->currentWidget() == m_form) {
        m_form->fillIn(m_presenter.focusPointer());
    }
}

void IntakePage::printCheckSheet()
{
    auto job = m_papers.checkSheet(m_presenter.draft());
    if (!job) {
        announceError(explain(job.error()));
        return;
    }
    PrintDialog dialog(m_theme, m_press, std::move(*job), window());
    connect(&dialog, &PrintDialog::broughtOut, this, [this](const QString& file) {
        if (!file.isEmpty()) {
            emit announced(Tone::Good, tr("Đã lưu phiếu kiểm tra."), file);
        }
    });
    dialog.exec();
}

bool IntakePage::goBack()
{
    if (m_stack->currentWidget() == m_check) {
        showStage(m_form);
        m_form->focusField(m_presenter.focusPointer());
        return true;
    }
    if (m_stack->currentWidget() == m_form || m_stack->currentWidget() == m_done) {
        if (!waitsForFiles()) {
            startNew();
        }
        return true;
    }
    return false;
}

void IntakePage::showFacts()
{
    if (m_stack->currentWidget() == m_done && m_done->isRefusal()) {
        m_facts->showAfterRefusal(m_presenter.facts());
    } else if (m_stack->currentWidget() == m_done) {
        m_facts->showAfterReceipt(m_presenter.facts());
    } else if (m_stack->currentWidget() != m_chooser) {
        m_facts->show(m_presenter.facts(), FactsPanel::Papers::Missing);
    }
}

void IntakePage::showReceived()
{
    const Received& received = *m_presenter.received();
    const QString citizen = displayText(stringAt(at(m_presenter.draft(), "applicant"), "name"));
    emit quiet();
    if (m_presenter.receivedAll().size() > 1) {
        m_done->openPile(m_presenter.receivedAll(), citizen,
                         tr("Lệ phí cả xấp: %1").arg(m_presenter.reckon(m_presenter.pile()).total));
    } else {
        m_done->open(received, citizen, tr("Lệ phí: %1").arg(m_presenter.facts().fee));
    }
    showStage(m_done);
    emit registerChanged();
}

void IntakePage::askRefusal()
{
    if (waitsForFiles()) {
        return;
    }
    m_presenter.saveNow();
    const CheckedDraft checked = m_presenter.check();
    if (!checked.refusable) {
        showStage(m_form);
        m_form->showProblems(checked.againstRefusal);
        emit announced(Tone::Warning, tr("Chưa ghi được việc từ chối."),
                       tr("Phiếu từ chối cần những mục đang báo bên dưới; các mục khác để trống được."));
        return;
    }
    RefusalDialog dialog(m_theme, m_presenter, window());
    dialog.exec();
    m_presenter.saveNow();
}

void IntakePage::askPile()
{
    if (waitsForFiles()) {
        return;
    }
    m_presenter.saveNow();
    PileDialog dialog(m_theme, m_presenter, m_presenter.documentSuggestions(), window());
    dialog.exec();
}

void IntakePage::showTurnedAway()
{
    const QString citizen = displayText(stringAt(at(m_presenter.draft(), "applicant"), "name"));
    emit quiet();
    m_done->openRefusal(*m_presenter.received(), citizen, m_presenter.refusalReason());
    showStage(m_done);
    emit registerChanged();
}

void IntakePage::showStage(QWidget* stage)
{
    m_stack->setCurrentWidget(stage);
    setStep(stage == m_form    ? displayText(m_presenter.procedure()->name)
            : stage == m_check ? tr("Đọc lại")
            : stage == m_done  ? m_done->headline()
                               : QString());
    if (stage == m_chooser) {
        m_chooser->refresh();
    } else {
        showFacts();
    }
}

void IntakePage::announceError(const ErrorText& error)
{
    emit announced(Tone::Bad, toQString(error.happened), toQString(error.safe + ' ' + error.next));
}

} // namespace motcua
