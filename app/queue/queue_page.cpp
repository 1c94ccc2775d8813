// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/queue_page.h"

#include "app/common/error_text.h"
#include "app/queue/queue_words.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QButtonGroup>
#include <QScrollArea>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kShownMax = 500; ///< lines; the strip tells how many wait in all
constexpr std::size_t kDiaryMax = 12;

enum Which
{
    Open,
    Done,
};

QString outcomeWords(const AttemptRow& attempt)
{
    if (attempt.outcome.empty()) {
        return QueuePage::tr("chưa có kết quả");
    }
    if (attempt.outcome == "answered") {
        return QueuePage::tr("cổng đã trả lời");
    }
    if (attempt.outcome == "lost") {
        return QueuePage::tr("mất trả lời giữa đường");
    }
    if (attempt.outcome == "later") {
        return QueuePage::tr("cổng hẹn lại");
    }
    if (attempt.outcome == "refused") {
        return QueuePage::tr("cổng từ chối cả lượt gửi");
    }
    if (attempt.outcome == "not-portal") {
        return QueuePage::tr("không phải cổng trả lời");
    }
    return displayText(attempt.outcome);
}

} // namespace

QueuePage::QueuePage(Theme& theme, Desk& desk, const Clock& clock, QWidget* parent)
    : Page(parent), m_desk(desk), m_clock(clock), m_lead(makeLabel({}, "hint")),
      m_filesLine(makeLabel({}, "hint")), m_which(new QButtonGroup(this)), m_model(new ActionListModel(this)),
      m_list(new ActionListView(theme, m_model)), m_side(new QWidget(this)), m_diary(new QVBoxLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Hàng đợi gửi lên cổng"), "title"));
    column->addWidget(m_lead);
    column->addWidget(m_filesLine);
    column->addLayout(makeBar());
    column->addWidget(named(m_list, "queueList", tr("Những việc chờ gửi")), 1);
    column->addStretch();

    m_side->hide();
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 4 * kGrid);
    side->addLayout(m_diary);
    side->addStretch();

    connect(m_list, &ActionListView::triggered, this, &QueuePage::act);
    connect(m_list, &ActionListView::currentKeyChanged, this, &QueuePage::showDiary);
}

QHBoxLayout* QueuePage::makeBar()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    const QStringList words{tr("Còn chờ"), tr("Đã xong")};
    for (int i = 0; i < words.size(); ++i) {
        auto* chip = makeButton(words[i], "chip", "queueFilter");
        chip->setCheckable(true);
        m_which->addButton(chip, i);
        row->addWidget(chip);
    }
    m_which->button(Open)->setChecked(true);
    auto* diary = makeButton(tr("Nhật ký &mạng"), "link", "openDiary");
    row->addWidget(diary);
    row->addStretch();
    auto* answer = makeButton(tr("Nhận trả lời từ &USB…"), "", "stickAnswer");
    row->addWidget(answer);
    auto* stick = makeButton(tr("Gửi &bằng USB…"), "", "stickSend");
    row->addWidget(stick);
    auto* now = makeButton(tr("&Thử gửi tất cả ngay"), "", "tryAll");
    row->addWidget(now);
    connect(m_which, &QButtonGroup::idClicked, this, &QueuePage::refresh);
    connect(now, &QPushButton::clicked, this, &QueuePage::tryWanted);
    connect(stick, &QPushButton::clicked, this, &QueuePage::stickWanted);
    connect(answer, &QPushButton::clicked, this, &QueuePage::stickAnswerWanted);
    connect(diary, &QPushButton::clicked, this, &QueuePage::diaryWanted);
    return row;
}

void QueuePage::arrive()
{
    refresh();
    if (m_operations.empty()) {
        setFocus();
        return;
    }
    m_list->setFocus();
    if (!m_list->currentIndex().isValid()) {
        m_list->setCurrentIndex(m_model->index(0));
    }
}

void QueuePage::refresh()
{
    const bool wantDone = m_which->checkedId() == Done;
    Queue& queue = m_desk.queue();
    auto shown = wantDone ? queue.newestDone(kShownMax) : queue.firstOpen(kShownMax);
    if (!shown) {
        const ErrorText text = explain(shown.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    m_operations = std::move(*shown);
    showFiles();
    const bool isClear = m_operations.empty() && !wantDone;
    m_lead->setText(isClear ? tr("Không còn gì chờ: mọi hồ sơ đã có xác nhận của cổng.")
                            : tr("Mất mạng thì cứ để đấy: mọi việc nằm trong sổ của máy này và tự gửi khi "
                                 "có mạng."));
    setStyleProperty(m_lead, "role", isClear ? "good" : "hint");
    m_list->setVisible(!m_operations.empty());
    std::vector<ActionLine> lines;
    const Instant now = m_clock.now();
    for (const QueuedOperation& op : m_operations) {
        lines.push_back(queueLine(op, now));
    }
    m_model->setLines(std::move(lines));
    showDiary(m_list->currentKey());
}

void QueuePage::showFiles()
{
    const FilesWaiting files = m_desk.queue().filesWaiting().value_or(FilesWaiting{});
    m_filesLine->setVisible(files.count > 0);
    const QString stuck = files.stuck > 0
                              ? tr(" Trong đó %1 tệp không tự gửi được: xem Cuối ngày (F5).").arg(files.stuck)
                              : QString();
    m_filesLine->setText(
        tr("Tệp quét: còn %1 tệp (%2) chưa lên đủ trên cổng. Phần chữ của hồ sơ đi trước; tệp "
           "đi sau và tự gửi tiếp từ chỗ đứt.")
            .arg(files.count)
            .arg(sizeWords(files.bytes)) +
        stuck);
}

const QueuedOperation* QueuePage::operation(const QString& op) const
{
    const std::string wanted = toUtf8(op);
    const auto it = std::find_if(m_operations.begin(), m_operations.end(),
                                 [&](const QueuedOperation& candidate) { return candidate.op == wanted; });
    return it == m_operations.end() ? nullptr : &*it;
}

void QueuePage::act(const QString& op)
{
    const QueuedOperation* chosen = operation(op);
    if (chosen == nullptr) {
        return;
    }
    switch (chosen->state) {
    case OpState::Waiting:
    case OpState::Unknown:
    case OpState::Backoff:
        emit tryWanted();
        break;
    case OpState::Conflict:
    case OpState::NeedsYou:
        emit decisionWanted(toQString(chosen->code));
        break;
    case OpState::Sending:
        break;
    default:
        emit dossierWanted(toQString(chosen->code));
    }
}

void QueuePage::showDiary(const QString& op)
{
    clearLayout(m_diary);
    const QueuedOperation* chosen = operation(op);
    m_diary->addWidget(makeLabel(tr("Nhật ký gửi"), "heading"));
    if (chosen == nullptr) {
        m_diary->addWidget(makeLabel(tr("Chọn một dòng để xem đã gửi những lần nào."), "hint"));
        return;
    }
    m_diary->addWidget(makeLabel(toQString(chosen->code), "label"));
    m_diary->addWidget(makeLabel(tr("Ghi vào sổ lúc %1").arg(longTime(chosen->at)), "small"));
    const auto attempts = m_desk.queue().attempts(chosen->op);
    if (!attempts || attempts->empty()) {
        m_diary->addWidget(makeLabel(tr("Chưa gửi lần nào."), "hint"));
        return;
    }
    std::size_t shown = 0;
    for (auto attempt = attempts->rbegin(); attempt != attempts->rend() && shown < kDiaryMax;
         ++attempt, ++shown) {
        m_diary->addSpacing(kGrid);
        m_diary->addWidget(makeLabel(longTime(attempt->started), "small"));
        m_diary->addWidget(makeLabel(outcomeWords(*attempt)));
    }
}

} // namespace motcua
