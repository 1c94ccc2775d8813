// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/diary_view.h"

#include "app/common/day_words.h"
#include "app/day/reach_strip.h"
#include "app/theme/theme.h"
#include "app/widgets/action_list.h"
#include "app/widgets/display_text.h"
#include "app/widgets/flow_layout.h"
#include "app/widgets/labels.h"

#include <QPainter>
#include <QScrollArea>

namespace motcua {

namespace {

constexpr std::size_t kOutagesMax = 500;

/// A word of the legend with its pattern.
class Swatch : public QWidget
{
public:
    Swatch(const Theme& theme, Reach reach, QWidget* parent = nullptr)
        : QWidget(parent), m_theme(theme), m_reach(reach)
    {
        setFixedSize(6 * kGrid, 4 * kGrid);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        ReachStrip::paintState(painter, rect(), m_reach, m_theme);
    }

private:
    const Theme& m_theme;
    Reach m_reach;
};

const char* iconOf(Reach reach)
{
    switch (reach) {
    case Reach::Online:
        return "network-on";
    case Reach::Busy:
        return "clock";
    case Reach::Held:
        return "error";
    case Reach::NotPortal:
        return "warning";
    case Reach::Offline:
        break;
    }
    return "network-off";
}

} // namespace

DiaryView::DiaryView(Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_lead(makeLabel({}, "hint")), m_strip(new ReachStrip(theme)),
      m_model(new ActionListModel(this)), m_list(new ActionListView(theme, m_model)),
      m_whole(makeLabel({}, "hint"))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * kGrid);
    column->addWidget(m_lead);
    auto* row = new QHBoxLayout;
    row->setSpacing(5 * kGrid);
    auto* left = new QVBoxLayout;
    auto* scroll = new QScrollArea;
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    auto* inner = new QVBoxLayout(page);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->addWidget(m_strip);
    inner->addStretch();
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    left->addWidget(scroll, 1);
    left->addWidget(makeLegend());
    row->addLayout(left, 11);
    auto* right = new QVBoxLayout;
    right->addWidget(named(m_list, "outages", tr("Những lần mất đường tới cổng")), 1);
    right->addWidget(named(m_whole, "outageWhole", tr("Lần đang chọn")));
    row->addLayout(right, 9);
    column->addLayout(row, 1);
    connect(m_list, &ActionListView::currentKeyChanged, this, &DiaryView::markOutage);
}

QWidget* DiaryView::makeLegend() const
{
    struct Word
    {
        Reach reach;
        const char* words;
    };
    static constexpr Word kWords[] = {
        {Reach::Online, QT_TR_NOOP("Có mạng")},
        {Reach::Offline, QT_TR_NOOP("Mất mạng")},
        {Reach::NotPortal, QT_TR_NOOP("Bị chặn trước cổng")},
        {Reach::Busy, QT_TR_NOOP("Cổng bận")},
        {Reach::Held, QT_TR_NOOP("Cổng không nhận máy")},
    };
    auto* legend = new QWidget;
    auto* flow = new FlowLayout(legend, 2 * kGrid);
    for (const Word& word : kWords) {
        auto* pair = new QWidget;
        auto* line = new QHBoxLayout(pair);
        line->setContentsMargins(0, 0, 3 * kGrid, 0);
        line->setSpacing(kGrid);
        line->addWidget(new Swatch(m_theme, word.reach));
        line->addWidget(makeLineLabel(tr(word.words), "small"));
        flow->addWidget(pair);
    }
    flow->addWidget(makeLineLabel(tr("để trống: máy tắt"), "small"));
    return legend;
}

void DiaryView::show(const NetworkDiary& diary)
{
    m_diary = diary;
    m_strip->show(diary);
    QString lead = diary.outages.empty()
                       ? tr("Không có lần nào mất đường tới cổng từ một phút trở lên.")
                       : tr("%1 lần mất đường tới cổng từ một phút trở lên; chọn một dòng để thấy trên lịch.")
                             .arg(diary.outages.size());
    if (diary.spans.empty()) {
        lead = tr("Chưa có gì để kể: máy này chưa nối với cổng lần nào.");
    } else if (diary.flickers > 0) {
        lead += tr(" Ngoài ra %1 lần chập chờn ngắn hơn.").arg(diary.flickers);
    }
    m_lead->setText(lead);
    std::vector<ActionLine> lines;
    for (const Outage& outage : diary.outages) {
        if (lines.size() == kOutagesMax) {
            break;
        }
        ActionLine line;
        line.title = displayText(outageTime(outage, diary.until));
        line.text = displayText(outageExtent(outage));
        line.state = displayText(outageWords(outage));
        line.icon = QLatin1String(iconOf(outage.reach));
        const bool isBad = outage.reach == Reach::Offline || outage.reach == Reach::NotPortal;
        line.ink = isBad ? ActionLine::Ink::Bad : ActionLine::Ink::Warning;
        line.key = QString::number(lines.size());
        lines.push_back(std::move(line));
    }
    m_model->setLines(std::move(lines));
    m_list->setVisible(!diary.outages.empty());
    markOutage(m_list->currentKey());
}

void DiaryView::markOutage(const QString& key)
{
    bool isNumber = false;
    const auto index = static_cast<std::size_t>(key.toUInt(&isNumber));
    if (!isNumber || index >= m_diary.outages.size()) {
        m_strip->mark({}, {});
        m_whole->clear();
        return;
    }
    const Outage& outage = m_diary.outages[index];
    m_whole->setText(QStringLiteral("%1. %2. %3")
                         .arg(displayText(outageTime(outage, m_diary.until)),
                              displayText(outageWords(outage)), displayText(outageExtent(outage))));
    m_strip->mark(outage.since, outage.until);
}

void DiaryView::takeKeyboard()
{
    if (m_list->isVisible()) {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid()) {
            m_list->setCurrentIndex(m_model->index(0));
        }
    }
}

} // namespace motcua
