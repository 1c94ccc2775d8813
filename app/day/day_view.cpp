// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/day_view.h"

#include "app/common/day_words.h"
#include "app/day/figure_card.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "core/base/text.h"
#include "core/journal/chain_code.h"

#include <QGridLayout>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kIconSide = 40;
constexpr int kGapsSeen = 3;
constexpr std::size_t kGapsMax = 200; ///< lines; the figures tell how many there are

// Lines of the cards, in their order.
enum DossierLines
{
    Numbers,
    TakenIn,
    Refused,
    Confirmed,
    Waiting,
    NeedsYou,
};
enum PaperLines
{
    Slips,
    Refusals,
    Printed,
    Receipts,
    Paid,
    Money,
};
enum QueueLines
{
    ToSend,
    Oldest,
    LastConfirmed,
    Network,
};
enum SafetyLines
{
    Backup,
    Code,
};

struct VerdictLook
{
    const char* icon;
    QColor Colors::*ink;
};

VerdictLook lookOf(DayVerdict verdict)
{
    switch (verdict) {
    case DayVerdict::Clear:
        return {"done", &Colors::good};
    case DayVerdict::Sending:
    case DayVerdict::WaitsForNetwork:
        return {"home", &Colors::good};
    case DayVerdict::Differs:
        return {"warning", &Colors::warning};
    case DayVerdict::NeedsYou:
        break;
    }
    return {"needs-you", &Colors::bad};
}

/// How many of so many, and whether that is all of them.
void setShare(FigureCard* card, int line, std::int64_t part, std::int64_t whole)
{
    const bool all = part == whole;
    if (whole == 0) {
        card->set(line, QString::number(part));
        return;
    }
    card->set(line, QString::number(part),
              all ? DayView::tr("đủ, trên %1 hồ sơ").arg(whole)
                  : DayView::tr("còn thiếu %1").arg(whole - part),
              all ? "small" : "problem");
}

} // namespace

DayView::DayView(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_icon(makeLineLabel({})), m_headline(makeLabel({}, "title")),
      m_advice(makeLabel({}, "hint")),
      m_needsYou(makeButton(tr("Mở việc &cần bạn"), "primary", "openNeedsYou", QStringLiteral("F7"))),
      m_dossiers(new FigureCard(tr("Hồ sơ của quầy hôm nay"))),
      m_papers(new FigureCard(tr("Giấy tờ và tiền"))), m_queue(new FigureCard(tr("Gửi lên cổng (mọi ngày)"))),
      m_safety(new FigureCard(tr("Sao lưu và mã kiểm"))), m_gapsTitle(makeLineLabel({}, "label")),
      m_gaps(new ActionListModel(this)), m_gapList(new ActionListView(theme, m_gaps))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3 * kGrid);
    column->addWidget(makeVerdict());
    // What is left to do comes before the figures: who reads this wants to go home.
    column->addWidget(m_gapsTitle);
    column->addWidget(named(m_gapList, "dayGaps", tr("Chỗ chưa khớp và cách làm")));
    makeCards();
    auto* grid = new QGridLayout;
    grid->setSpacing(3 * kGrid);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_dossiers, 0, 0);
    grid->addWidget(m_papers, 0, 1);
    grid->addWidget(m_queue, 1, 0);
    grid->addWidget(m_safety, 1, 1);
    column->addLayout(grid);
    column->addStretch();
    connect(m_gapList, &ActionListView::triggered, this, &DayView::dossierWanted);
    connect(m_needsYou, &QPushButton::clicked, this, &DayView::needsYouWanted);
}

QFrame* DayView::makeVerdict()
{
    QFrame* card = makeFrame("card", 4 * kGrid, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(4 * kGrid);
    m_icon->setFixedSize(kIconSide, kIconSide);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    auto* words = new QVBoxLayout;
    words->setSpacing(kGrid);
    words->addWidget(named(m_headline, "dayVerdict", tr("Về được chưa")));
    words->addWidget(m_advice);
    row->addLayout(words, 1);
    row->addWidget(m_needsYou, 0, Qt::AlignVCenter);
    columnOf(card)->addLayout(row);
    return card;
}

void DayView::makeCards()
{
    m_dossiers->add(tr("Số đã cấp"), "dayNumbers");
    m_dossiers->add(tr("Đã tiếp nhận"), "dayTakenIn");
    m_dossiers->add(tr("Từ chối tiếp nhận"), "dayRefused");
    m_dossiers->add(tr("Cổng đã xác nhận"), "dayConfirmed");
    m_dossiers->add(tr("Chờ gửi"), "dayWaiting");
    m_dossiers->add(tr("Cần bạn"), "dayNeedsYou");
    m_papers->add(tr("Giấy tiếp nhận đã in"), "daySlips");
    m_papers->add(tr("Phiếu từ chối đã in"), "dayRefusals");
    m_papers->add(tr("Phiếu thu đã in"), "dayPrinted");
    m_papers->add(tr("Biên lai đã ghi số"), "dayReceipts");
    m_papers->add(tr("Hồ sơ đã thu đủ"), "dayPaid");
    m_papers->add(tr("Tiền thu hôm nay"), "dayMoney");
    m_queue->add(tr("Chờ gửi"), "queueToSend");
    m_queue->add(tr("Lâu nhất"), "queueOldest");
    m_queue->add(tr("Xác nhận gần nhất"), "queueConfirmed");
    m_queue->add(tr("Đường tới cổng"), "queueNetwork");
    m_safety->add(tr("Sao lưu"), "dayBackup");
    m_safety->add(tr("Mã sổ"), "dayCode");
}

void DayView::show(const DayStatus& status)
{
    showVerdict(status);
    showDossiers(status);
    showPapers(status);
    showQueue(status);
    showSafety(status);
    showDifferences(status);
}

void DayView::takeKeyboard()
{
    if (m_needsYou->isVisible()) {
        m_needsYou->setFocus();
    } else if (m_gapList->isVisible()) {
        m_gapList->setFocus();
        if (!m_gapList->currentIndex().isValid()) {
            m_gapList->setCurrentIndex(m_gaps->index(0));
        }
    }
}

void DayView::showVerdict(const DayStatus& status)
{
    const VerdictLook look = lookOf(status.verdict());
    m_icon->setPixmap(Theme::icon(QLatin1String(look.icon), m_theme.colors().*look.ink)
                          .pixmap(QSize(kIconSide, kIconSide), devicePixelRatioF()));
    m_headline->setText(toQString(verdictHeadline(status)));
    m_headline->setAccessibleName(m_headline->text());
    m_advice->setText(toQString(verdictAdvice(status)));
    m_needsYou->setVisible(status.verdict() == DayVerdict::NeedsYou);
}

void DayView::showDossiers(const DayStatus& status)
{
    const QString numbers = toQString(numberRanges(status.codes));
    m_dossiers->set(Numbers, QString::number(status.codes.size()), displayText(numbers).left(160));
    m_dossiers->set(TakenIn, QString::number(status.takenIn));
    m_dossiers->set(Refused, QString::number(status.refused));
    const std::int64_t all = status.takenIn + status.refused - status.withdrawn;
    const bool isAll = status.confirmed == all && all > 0;
    m_dossiers->set(Confirmed, QString::number(status.confirmed),
                    isAll ? tr("đủ, trên %1 hồ sơ").arg(all) : tr("trên %1 hồ sơ").arg(all),
                    isAll ? "good" : "small");
    m_dossiers->set(Waiting, QString::number(status.waiting),
                    status.waiting > 0 ? tr("máy tự gửi") : QString());
    m_dossiers->set(NeedsYou, QString::number(status.needsYou),
                    status.needsYou > 0 ? tr("mở bằng F7") : QString(), "problem");
}

void DayView::showPapers(const DayStatus& status)
{
    setShare(m_papers, Slips, status.slips, status.takenIn);
    setShare(m_papers, Refusals, status.refusalSlips, status.refused);
    const bool agree =
        status.collectionSlips == status.receiptNumbers && status.receiptNumbers == status.paid;
    const bool nothing = status.collectionSlips + status.receiptNumbers + status.paid == 0;
    const QString mark = nothing ? tr("chưa thu khoản nào")
                         : agree ? tr("ba số khớp")
                                 : tr("ba số không khớp");
    const char* role = nothing ? "small" : agree ? "good" : "problem";
    m_papers->set(Printed, QString::number(status.collectionSlips), mark, role);
    m_papers->set(Receipts, QString::number(status.receiptNumbers), mark, role);
    m_papers->set(Paid, QString::number(status.paid), mark, role);
    m_papers->set(Money, toQString(formatDong(status.paidAmount)),
                  status.openAmount > 0 ? tr("còn phải thu %1").arg(toQString(formatDong(status.openAmount)))
                                        : QString());
}

void DayView::showQueue(const DayStatus& status)
{
    const std::int64_t scans = status.files.toSend();
    const bool isEmpty = status.queue.toSend == 0 && scans == 0;
    const QString beside = scans > 0 ? tr("và %1 tệp quét").arg(scans) : QString();
    m_queue->set(ToSend, QString::number(status.queue.toSend), isEmpty ? tr("không còn gì chờ") : beside,
                 isEmpty ? "good" : "small");
    const QString reason = displayText(waitingReason(status));
    m_queue->set(Oldest, {}, reason.isEmpty() ? tr("–") : reason);
    m_queue->set(LastConfirmed, {},
                 status.queue.lastConfirmed ? longTime(*status.queue.lastConfirmed) : tr("chưa có"));
    m_queue->set(Network, {}, toQString(networkWords(status)));
}

void DayView::showSafety(const DayStatus& status)
{
    m_safety->set(Backup, {}, displayText(backupWords(status)));
    m_safety->set(
        Code, {},
        tr("%1, mục %2").arg(toQString(chainCode(status.head.chain))).arg(status.head.position.seq()));
}

void DayView::showDifferences(const DayStatus& status)
{
    const auto count = status.differences.size();
    m_gapsTitle->setVisible(count > 0);
    m_gapList->setVisible(count > 0);
    m_gapsTitle->setText(tr("Chưa khớp: %1 chỗ, làm theo từng dòng").arg(count));
    std::vector<ActionLine> lines;
    for (const DayDifference& difference : status.differences) {
        if (lines.size() == kGapsMax) {
            break;
        }
        const GapWords words = gapWords(difference);
        ActionLine line;
        line.title = QStringLiteral("%1 · %2").arg(toQString(difference.code), displayText(difference.name));
        line.text = toQString(words.todo);
        line.state = toQString(words.what);
        line.icon = QStringLiteral("warning");
        line.ink = ActionLine::Ink::Warning;
        line.action = tr("Mở hồ sơ");
        line.key = toQString(difference.code);
        lines.push_back(std::move(line));
    }
    m_gaps->setLines(std::move(lines));
    // So many are seen without scrolling in the list; the page scrolls where the window is low.
    const int rows = std::min(kGapsSeen, m_gaps->rowCount());
    m_gapList->setFixedHeight(rows * m_gapList->sizeHintForRow(0) + 2 * kGrid);
}

} // namespace motcua
