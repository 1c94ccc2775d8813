// SPDX-License-Identifier: GPL-3.0-or-later
// What the buttons of the page do: each settles one thing and goes on to the next.
#include "app/queue/needs_you_page.h"

#include "app/common/error_text.h"
#include "app/queue/decision_view.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"

#include <algorithm>

namespace motcua {

/// What is settled leaves the list; the next one takes its place with the keyboard in it.
void NeedsYouPage::goOn(const QString& done)
{
    const int row = m_list->currentIndex().row();
    if (m_open != nullptr) {
        const std::string op = m_open->op;
        closeDetail(); // what loses the keyboard may write a last word into the draft
        m_drafts.erase(op);
        m_withdrawReasons.erase(op);
    }
    emit registerChanged();
    read();
    if (m_model->rowCount() > 0) {
        m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
    }
    takeKeyboard();
    const auto left = m_cases.size() + m_alarms.size();
    emit announced(Tone::Good, done,
                   left == 0 ? tr("Không còn việc nào cần bạn.") : tr("Còn %1 việc.").arg(left));
}

void NeedsYouPage::decide()
{
    if (const QString missing = m_decision->goToMissing(); !missing.isEmpty()) {
        emit announced(Tone::Warning, missing, {});
        return;
    }
    const DecisionDraft& chosen = draft();
    const auto answer =
        m_desk.resolve(m_open->code, chosen.decisions(),
                       Grounds{toUtf8(chosen.reason.trimmed()), toUtf8(chosen.paper.trimmed())}, m_open);
    if (!answer) {
        say(answer.error());
        return;
    }
    m_lastReason = chosen.reason.trimmed().isEmpty() ? m_lastReason : chosen.reason.trimmed();
    goOn(tr("Đã ghi quyết định cho %1.").arg(toQString(m_open->code)));
}

void NeedsYouPage::reopen()
{
    if (const QString missing = m_decision->goToMissing(); !missing.isEmpty()) {
        emit announced(Tone::Warning, missing, {});
        return;
    }
    const DecisionDraft& chosen = draft();
    const auto answer = m_desk.reopenAndResolve(
        m_open->code, chosen.decisions(),
        Grounds{toUtf8(chosen.reason.trimmed()), toUtf8(chosen.paper.trimmed())}, m_open);
    if (!answer) {
        say(answer.error());
        return;
    }
    goOn(tr("Đã mở lại %1 và ghi giá trị đã chọn.").arg(toQString(m_open->code)));
}

/// The rules had merged it as often as they may; a person lets them begin anew.
void NeedsYouPage::sendAgain()
{
    const auto answer =
        m_desk.resolve(m_open->code, {}, Grounds{"Gửi lại sau nhiều lần cổng báo khác", {}}, m_open);
    if (!answer) {
        say(answer.error());
        return;
    }
    goOn(tr("%1 được gửi lại lần nữa.").arg(toQString(m_open->code)));
}

void NeedsYouPage::keepAsRemark()
{
    const FieldLabels labels(m_desk, m_open->code);
    QStringList parts;
    for (const ConflictField& field : m_open->fields) {
        parts << QStringLiteral("%1: %2").arg(labels.label(field.pointer),
                                              labels.value(field.pointer, field.ours));
    }
    const QString remark = tr("%1 ghi lúc hồ sơ đã đóng, chưa sửa vào hồ sơ. %2")
                               .arg(displayText(m_open->ours.name), parts.join(QStringLiteral("; ")));
    const auto answer = m_desk.keepAsRemark(m_open->code, toUtf8(remark.left(1900)), m_open);
    if (!answer) {
        say(answer.error());
        return;
    }
    goOn(tr("Đã giữ thành ghi chú của %1.").arg(toQString(m_open->code)));
}

void NeedsYouPage::withdraw(const QString& reason)
{
    if (reason.isEmpty()) {
        emit announced(Tone::Warning, tr("Chưa ghi lý do rút."), {});
        return;
    }
    const auto answer = m_desk.withdrawOperation(m_open->op, toUtf8(reason));
    if (!answer) {
        say(answer.error());
        return;
    }
    goOn(tr("Đã ghi việc rút ở %1; máy sẽ báo cho cổng.").arg(toQString(m_open->code)));
}

void NeedsYouPage::say(const Refusal& refusal)
{
    const ErrorText text = explain(refusal.error);
    const QString what =
        refusal.problems.empty() ? toQString(text.happened) : displayText(refusal.problems.front().message);
    if (!refusal.problems.empty() && refusal.problems.front().rule == "case-changed") {
        showAnew(what);
        return;
    }
    emit announced(Tone::Bad, what, tr("Các lựa chọn vẫn còn nguyên."));
}

/// What was decided on is another matter now: the same dossier as it is asked about now, if it still is.
void NeedsYouPage::showAnew(const QString& why)
{
    const QString key = m_openKey;
    const QString code = toQString(m_open->code);
    read();
    if (m_openKey != key) {
        showCase(code);
    }
    takeKeyboard();
    const bool hasChoices = m_decision != nullptr && toQString(m_open->code) == code;
    emit announced(Tone::Warning, why,
                   hasChoices ? tr("Chỗ nào vừa đổi thì chọn lại; lý do và giấy tờ đã ghi vẫn còn.")
                              : QString());
}

void NeedsYouPage::settle(const std::string& op, const QString& finding)
{
    const auto answer = m_desk.settleAlarm(op, toUtf8(finding));
    if (!answer) {
        say(answer.error());
        return;
    }
    m_findings.erase(op);
    goOn(tr("Đã ghi kết luận vào lịch sử hồ sơ."));
}

void NeedsYouPage::judge(const PossibleDuplicate& pair, Duplicate verdict)
{
    const auto answer = m_desk.judgeDuplicate(pair, verdict, {});
    if (!answer) {
        say(answer.error());
        return;
    }
    goOn(tr("Đã ghi nhận xét về hai hồ sơ."));
}

} // namespace motcua
