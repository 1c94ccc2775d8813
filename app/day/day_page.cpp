// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/day_page.h"

#include "app/day/day_view.h"
#include "app/day/diary_view.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QButtonGroup>
#include <QScrollArea>
#include <QStackedWidget>

namespace motcua {

namespace {

constexpr int kRefreshAfterMs = 700;

} // namespace

DayPage::DayPage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press, QWidget* parent)
    : Page(parent), m_theme(theme), m_papers(papers), m_press(press), m_presenter(place),
      m_chips(new QButtonGroup(this)), m_stack(new QStackedWidget), m_day(new DayView(theme)),
      m_diary(new DiaryView(theme))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeHead());
    auto* scroll = new QScrollArea;
    m_day->setProperty("role", QStringLiteral("page"));
    scroll->setWidget(m_day);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(scroll);
    m_stack->addWidget(m_diary);
    column->addWidget(m_stack, 1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kRefreshAfterMs);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (isVisible()) {
            m_presenter.refresh();
        }
    });
    connect(&m_presenter, &DayPresenter::shown, this, [this] { m_day->show(*m_presenter.status()); });
    connect(&m_presenter, &DayPresenter::diaryShown, this, [this] {
        m_diary->show(*m_presenter.diary());
        if (m_stack->currentIndex() == Diary) {
            m_diary->takeKeyboard();
        }
    });
    connect(&m_presenter, &DayPresenter::failed, this, [this](const ErrorText& error) {
        emit announced(Tone::Bad, toQString(error.happened), toQString(error.safe + ' ' + error.next));
    });
    connect(m_day, &DayView::dossierWanted, this, &Page::dossierWanted);
    connect(m_day, &DayView::needsYouWanted, this, &DayPage::needsYouWanted);
    connect(&m_theme, &Theme::changed, this, [this] {
        if (m_presenter.status()) {
            m_day->show(*m_presenter.status());
        }
    });
}

QWidget* DayPage::makeHead()
{
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    row->addWidget(makeLineLabel(tr("Tôi về được chưa?"), "title"));
    row->addSpacing(4 * kGrid);
    const QStringList words{tr("&Hôm nay"), tr("&Nhật ký mạng")};
    constexpr const char* ids[] = {"dayToday", "dayDiary"};
    for (int i = 0; i < words.size(); ++i) {
        auto* chip = makeButton(words[i], "chip", ids[i]);
        chip->setCheckable(true);
        m_chips->addButton(chip, i);
        row->addWidget(chip);
    }
    m_chips->button(Today)->setChecked(true);
    row->addStretch();
    auto* print = makeButton(tr("&In phiếu cuối ngày"), "", "printDaySheet", QStringLiteral("Ctrl+P"));
    row->addWidget(print);
    connect(m_chips, &QButtonGroup::idClicked, this, &DayPage::choose);
    connect(print, &QPushButton::clicked, this, &DayPage::printSheet);
    return head;
}

void DayPage::arrive()
{
    m_presenter.refresh();
    if (m_stack->currentIndex() == Diary) {
        m_presenter.readDiary();
    } else {
        m_day->takeKeyboard();
    }
}

void DayPage::refreshSoon()
{
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void DayPage::showDiary()
{
    m_chips->button(Diary)->setChecked(true);
    choose(Diary);
}

void DayPage::choose(int view)
{
    m_stack->setCurrentIndex(view);
    setStep(view == Diary ? tr("Nhật ký mạng") : QString());
    if (view == Diary) {
        m_presenter.readDiary();
        m_diary->takeKeyboard();
    } else {
        m_presenter.refresh();
        m_day->takeKeyboard();
    }
}

bool DayPage::goBack()
{
    if (m_stack->currentIndex() != Diary) {
        return false;
    }
    m_chips->button(Today)->setChecked(true);
    choose(Today);
    return true;
}

void DayPage::pressPrint()
{
    printSheet();
}

void DayPage::printSheet()
{
    if (!m_presenter.refresh()) {
        return; // said already; figures of an hour ago are nothing to sign
    }
    auto job = m_papers.daySheet(*m_presenter.status());
    if (!job) {
        const ErrorText text = explain(job.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    PrintDialog dialog(m_theme, m_press, std::move(*job), window());
    connect(&dialog, &PrintDialog::broughtOut, this, [this](const QString& file) {
        emit announced(Tone::Good,
                       file.isEmpty() ? tr("Phiếu cuối ngày đã ra giấy; ký rồi cất cùng sổ.")
                                      : tr("Đã lưu phiếu cuối ngày; in ra, ký rồi cất cùng sổ."),
                       file);
    });
    dialog.exec();
}

} // namespace motcua
