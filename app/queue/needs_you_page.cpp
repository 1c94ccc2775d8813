// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/needs_you_page.h"

#include "app/common/error_text.h"
#include "app/queue/alarm_view.h"
#include "app/queue/alarm_words.h"
#include "app/queue/decision_view.h"
#include "app/queue/duplicate_view.h"
#include "app/queue/refusal_view.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollArea>

#include <algorithm>

namespace motcua {

namespace {

constexpr Millis kHintsFrom{3 * 24 * 60 * 60 * 1'000LL}; ///< over a weekend

QString hintKey(const PossibleDuplicate& pair)
{
    return QStringLiteral("hint:%1:%2").arg(toQString(pair.uid), toQString(pair.otherUid));
}

/// Whether the screen of the one is the screen of the other.
bool isSameCase(const ConflictCase& a, const ConflictCase& b)
{
    return isSameQuestion(a, b) && a.since == b.since && a.problem == b.problem;
}

} // namespace

NeedsYouPage::NeedsYouPage(Theme& theme, Desk& desk, const Clock& clock, FieldHelp help, QWidget* parent)
    : Page(parent), m_theme(theme), m_desk(desk), m_clock(clock), m_help(std::move(help)),
      m_lead(makeLabel({}, "hint")), m_late(makeLabel({}, "problem")), m_model(new ActionListModel(this)),
      m_list(new ActionListView(theme, m_model)), m_detail(new QScrollArea)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Cần bạn"), "title"));
    column->addWidget(m_lead);
    column->addWidget(named(m_late, "needsYouLate", tr("Việc chờ lâu")));
    auto* row = new QHBoxLayout;
    row->setSpacing(4 * kGrid);
    m_list->setMinimumWidth(280);
    m_list->setMaximumWidth(400);
    row->addWidget(named(m_list, "caseList", tr("Những việc cần bạn")), 2);
    m_detail->setWidgetResizable(true);
    m_detail->setFocusPolicy(Qt::NoFocus);
    m_detail->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    row->addWidget(m_detail, 5);
    column->addLayout(row, 1);
    connect(m_list, &ActionListView::currentKeyChanged, this, &NeedsYouPage::open);
    connect(m_list, &ActionListView::triggered, this, &NeedsYouPage::takeKeyboard);
}

void NeedsYouPage::arrive()
{
    read();
    takeKeyboard();
}

void NeedsYouPage::refresh()
{
    if (!isUnchanged()) {
        readUnder(m_openKey);
    }
}

bool NeedsYouPage::isUnchanged()
{
    const auto isSame = [](const Alarm& a, const Alarm& b) { return a.op == b.op; };
    const auto cases = m_desk.conflicts();
    const auto alarms = m_desk.alarms();
    return !cases || !alarms ||
           (std::equal(cases->begin(), cases->end(), m_cases.begin(), m_cases.end(), isSameCase) &&
            std::equal(alarms->begin(), alarms->end(), m_alarms.begin(), m_alarms.end(), isSame));
}

void NeedsYouPage::read()
{
    readUnder({});
}

/// Reads the list under what is open. Never under somebody's hands: what has the key `kept` stays as it is,
/// with the keyboard and half a word in it, unless it is settled or is another matter now.
void NeedsYouPage::readUnder(const QString& kept)
{
    auto cases = m_desk.conflicts();
    if (!cases) {
        const ErrorText text = explain(cases.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    const QString before = kept.isEmpty() ? m_list->currentKey() : kept;
    // By the same reading that m_cases keeps: the screen never shows another case than m_open.
    const bool stays = !kept.isEmpty() && std::none_of(m_cases.begin(), m_cases.end(), [&](const auto& old) {
        return toQString(old.op) == kept && std::none_of(cases->begin(), cases->end(), [&](const auto& now) {
                   return isSameCase(old, now);
               });
    });
    m_cases = std::move(*cases);
    std::vector<ActionLine> lines;
    for (const ConflictCase& conflict : m_cases) {
        const FieldLabels labels(m_desk, conflict.code);
        lines.push_back(needsYouLine(conflict, labels, m_clock.now(), workingDays(conflict)));
    }
    addAlarms(lines);
    addHints(lines);
    const auto old =
        std::find_if(lines.begin(), lines.end(), [&](const ActionLine& line) { return line.key == before; });
    const auto marked = old == lines.end() ? 0 : static_cast<int>(old - lines.begin());
    if (!stays || old == lines.end()) {
        closeDetail();
    }
    const auto mine = std::find_if(m_cases.begin(), m_cases.end(),
                                   [this](const ConflictCase& c) { return toQString(c.op) == m_openKey; });
    m_open = mine == m_cases.end() ? nullptr : &*mine;
    m_list->setVisible(!lines.empty());
    const QSignalBlocker quiet(m_list); // rows move below the mark
    m_model->setLines(std::move(lines));
    m_list->setCurrentIndex(m_model->index(marked));
    showLead();
    open(m_list->currentKey());
}

void NeedsYouPage::closeDetail()
{
    if (QWidget* old = m_detail->takeWidget()) {
        old->deleteLater(); // one of its buttons may have been pressed just now
    }
    m_open = nullptr;
    m_openKey.clear();
    m_decision = nullptr;
    m_refusal = nullptr;
    m_alarm = nullptr;
    m_duplicate = nullptr;
}

int NeedsYouPage::workingDays(const ConflictCase& conflict) const
{
    return workingDaysSince(conflict.since, m_clock.now(), m_desk.catalogue().calendar());
}

void NeedsYouPage::showLead()
{
    const auto late = std::count_if(m_cases.begin(), m_cases.end(), [this](const ConflictCase& conflict) {
        return workingDays(conflict) >= 1;
    });
    const auto left = m_cases.size() + m_alarms.size();
    m_lead->setText(
        left == 0 ? tr("Không có gì cần bạn. Khi quầy và cổng cùng sửa một chỗ, hoặc cổng không nhận một "
                       "việc, việc đó hiện ở đây.")
                  : tr("Còn %1 việc mà máy không được tự quyết. Hồ sơ khác vẫn gửi bình thường.").arg(left));
    m_late->setText(tr("%1 việc đã chờ từ một ngày làm việc trở lên.").arg(late));
    m_late->setVisible(late > 0);
}

void NeedsYouPage::showCase(const QString& code)
{
    for (std::size_t i = 0; i < m_cases.size(); ++i) {
        if (m_cases[i].code == toUtf8(code)) {
            m_list->setCurrentIndex(m_model->index(static_cast<int>(i)));
            takeKeyboard();
            return;
        }
    }
}

void NeedsYouPage::open(const QString& op)
{
    if (op == m_openKey && !op.isEmpty()) {
        return;
    }
    closeDetail();
    const auto it = std::find_if(m_cases.begin(), m_cases.end(),
                                 [&](const ConflictCase& c) { return toQString(c.op) == op; });
    m_open = it == m_cases.end() ? nullptr : &*it;
    m_openKey = op;
    m_detail->setVisible(!op.isEmpty());
    if (m_open == nullptr) {
        openOther(op);
        return;
    }
    if (m_open->fields.empty()) {
        showRefusal();
    } else {
        showDecision();
    }
}

DecisionDraft& NeedsYouPage::draft()
{
    return m_drafts[m_open->op];
}

void NeedsYouPage::showDecision()
{
    const FieldLabels labels(m_desk, m_open->code);
    const std::size_t dropped = draft().putTo(*m_open);
    m_decision = new DecisionView(*m_open, draft(), labels, m_help, m_desk.actor().role, m_lastReason);
    connect(m_decision, &DecisionView::decideWanted, this, &NeedsYouPage::decide);
    connect(m_decision, &DecisionView::remarkWanted, this, &NeedsYouPage::keepAsRemark);
    connect(m_decision, &DecisionView::reopenWanted, this, &NeedsYouPage::reopen);
    connect(m_decision, &DecisionView::leaderWanted, this, [this, labels] {
        QStringList fields;
        for (const ConflictField& field : m_open->fields) {
            fields << labels.shortLabel(field.pointer);
        }
        // Names of fields, never what stands in them.
        copyText(tr("Nhờ lãnh đạo quyết định hồ sơ %1: %2. Mở Một Cửa, “Cần bạn” (F7).")
                     .arg(toQString(m_open->code), fields.join(QStringLiteral(", "))),
                 tr("Đã chép lời nhờ lãnh đạo; dán vào tin nhắn nội bộ."));
    });
    m_detail->setWidget(m_decision);
    if (dropped > 0) {
        emit announced(Tone::Warning,
                       tr("Hồ sơ %1 vừa có tin mới; %2 chỗ đã chọn phải chọn lại.")
                           .arg(toQString(m_open->code))
                           .arg(dropped),
                       tr("Chưa ghi gì; những lựa chọn khác, lý do và giấy tờ đã ghi vẫn còn."));
    }
}

void NeedsYouPage::showRefusal()
{
    const FieldLabels labels(m_desk, m_open->code);
    m_refusal = new RefusalView(*m_open, labels, m_withdrawReasons[m_open->op]);
    connect(m_refusal, &RefusalView::correctionWanted, this,
            [this](const std::string& pointer) { emit correctionWanted(toQString(m_open->code), pointer); });
    connect(m_refusal, &RefusalView::againWanted, this, &NeedsYouPage::sendAgain);
    connect(m_refusal, &RefusalView::withdrawalWanted, this, &NeedsYouPage::withdraw);
    connect(m_refusal, &RefusalView::reasonTyped, this,
            [this](const QString& reason) { m_withdrawReasons[m_open->op] = reason; });
    connect(m_refusal, &RefusalView::dossierWanted, this,
            [this] { emit dossierWanted(toQString(m_open->code)); });
    connect(m_refusal, &RefusalView::diagnosticsWanted, this, [this] {
        copyText(diagnostics(*m_open, toQString(m_desk.identity().install)),
                 tr("Đã chép chẩn đoán, không có dữ liệu của công dân; dán vào thư gửi quản trị."));
    });
    m_detail->setWidget(m_refusal);
}

void NeedsYouPage::copyText(const QString& text, const QString& said)
{
    QApplication::clipboard()->setText(text);
    emit announced(Tone::Good, said, {});
}

void NeedsYouPage::takeKeyboard()
{
    if (m_decision != nullptr) {
        m_decision->takeKeyboard();
    } else if (m_refusal != nullptr) {
        m_refusal->takeKeyboard();
    } else if (m_alarm != nullptr) {
        m_alarm->takeKeyboard();
    } else if (m_duplicate != nullptr) {
        m_duplicate->takeKeyboard();
    } else {
        setFocus();
    }
}

void NeedsYouPage::addHints(std::vector<ActionLine>& lines)
{
    auto hints = m_desk.possibleDuplicates(m_clock.now() - kHintsFrom);
    m_hints = hints ? std::move(*hints) : std::vector<PossibleDuplicate>{};
    for (const PossibleDuplicate& pair : m_hints) {
        ActionLine line;
        line.title = tr("Có thể trùng: %1").arg(displayText(pair.name));
        line.text = tr("%1 và %2 được tiếp nhận ở hai quầy trong nửa giờ.")
                        .arg(toQString(pair.code), toQString(pair.otherCode));
        line.state = tr("Bạn · %1").arg(shortTime(pair.at, m_clock.now()));
        line.icon = QStringLiteral("help");
        line.key = hintKey(pair);
        lines.push_back(std::move(line));
    }
}

/// What is no operation that waits: an alarm, or a hint.
void NeedsYouPage::openOther(const QString& key)
{
    for (const Alarm& alarm : m_alarms) {
        if (alarmKey(alarm) == key) {
            showAlarm(alarm);
        }
    }
    for (const PossibleDuplicate& pair : m_hints) {
        if (hintKey(pair) == key) {
            showHint(pair);
        }
    }
}

void NeedsYouPage::addAlarms(std::vector<ActionLine>& lines)
{
    auto alarms = m_desk.alarms();
    m_alarms = alarms ? std::move(*alarms) : std::vector<Alarm>{};
    std::transform(m_alarms.begin(), m_alarms.end(), std::back_inserter(lines),
                   [this](const Alarm& alarm) { return alarmLine(alarm, m_clock.now()); });
}

void NeedsYouPage::showAlarm(const Alarm& alarm)
{
    m_alarm = new AlarmView(alarm, m_desk.actor().role, m_findings[alarm.op]);
    const QString code = toQString(alarm.code);
    connect(m_alarm, &AlarmView::paperWanted, this,
            [this, code, paper = alarm.paper] { emit paperWanted(code, paper); });
    connect(m_alarm, &AlarmView::dossierWanted, this, [this, code] { emit dossierWanted(code); });
    connect(m_alarm, &AlarmView::findingTyped, this,
            [this, op = alarm.op](const QString& finding) { m_findings[op] = finding; });
    connect(m_alarm, &AlarmView::findingGiven, this,
            [this, op = alarm.op](const QString& finding) { settle(op, finding); });
    m_detail->setWidget(m_alarm);
}

void NeedsYouPage::showHint(const PossibleDuplicate& pair)
{
    m_duplicate = new DuplicateView(pair);
    connect(m_duplicate, &DuplicateView::dossierWanted, this, &Page::dossierWanted);
    connect(m_duplicate, &DuplicateView::judged, this,
            [this, pair](Duplicate verdict) { judge(pair, verdict); });
    m_detail->setWidget(m_duplicate);
}

bool NeedsYouPage::goBack()
{
    if (m_model->rowCount() == 0 || m_list->hasFocus()) {
        return false;
    }
    m_list->setFocus();
    return true;
}

void NeedsYouPage::pressContinue()
{
    if (m_decision != nullptr) {
        decide();
    }
}

} // namespace motcua
