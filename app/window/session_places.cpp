// SPDX-License-Identifier: GPL-3.0-or-later
// The places of the window: each made at its first visit, and joined with the others.
#include "app/window/session.h"

#include "app/books/books_page.h"
#include "app/common/error_text.h"
#include "app/day/day_page.h"
#include "app/intake/intake_page.h"
#include "app/ledger/ledger_dialog.h"
#include "app/queue/needs_you_page.h"
#include "app/queue/queue_page.h"
#include "app/register/dossier_panel.h"
#include "app/register/register_page.h"
#include "app/reports/report_page.h"
#include "app/shell/help_page.h"
#include "app/widgets/display_text.h"
#include "app/window/place_names.h"

#include <QLineEdit>

namespace motcua {

void Session::makePlaces()
{
    m_window.setPlaces({
        {kIntake, tr("Tiếp nhận"), QStringLiteral("intake"), QStringLiteral("F2"), Qt::Key_F2,
         [this] { return makeIntake(); }},
        {kRegister, tr("Sổ hồ sơ"), QStringLiteral("register"), QStringLiteral("F3"), Qt::Key_F3,
         [this] { return makeRegister(false); }},
        {kAppointments, tr("Hẹn trả"), QStringLiteral("calendar"), QStringLiteral("F4"), Qt::Key_F4,
         [this] { return makeRegister(true); }},
        {kDay, tr("Cuối ngày"), QStringLiteral("home"), QStringLiteral("F5"), Qt::Key_F5,
         [this] { return makeDay(); }},
        {kQueue, tr("Hàng đợi"), QStringLiteral("queue"), QStringLiteral("F6"), Qt::Key_F6,
         [this] { return makeQueue(); }},
        {kNeedsYou, tr("Cần bạn"), QStringLiteral("needs-you"), QStringLiteral("F7"), Qt::Key_F7,
         [this] { return makeNeedsYou(); }},
        {kReports, tr("Báo cáo"), QStringLiteral("reports"), QStringLiteral("F8"), Qt::Key_F8,
         [this] { return makeReports(); }},
        {kBooks, tr("Sổ bộ"), QStringLiteral("document"), QStringLiteral("F10"), Qt::Key_F10,
         [this] { return makeBooks(); }},
        {kHelp, tr("Trợ giúp"), QStringLiteral("help"), QStringLiteral("F1"), Qt::Key_F1,
         [this] { return new HelpPage(toQString(catalogueWords(m_place->catalogueInForce()))); }},
    });
}

Page* Session::makeBooks()
{
    auto* page = new BooksPage(m_theme, *m_place);
    connect(page, &BooksPage::printWanted, this, [this](const QString& book, qint64 first, qint64 last) {
        print(m_papers.book(toUtf8(book), BookPages{first, last}));
    });
    join(page);
    return page;
}

Page* Session::makeIntake()
{
    m_intake = new IntakePage(m_theme, *m_place, m_papers, m_press, help());
    connect(m_intake, &IntakePage::filesSettled, this, &Session::filesSettled);
    join(m_intake);
    return m_intake;
}

Page* Session::makeRegister(bool appointments)
{
    const auto kind = appointments ? RegisterPage::Kind::Appointments : RegisterPage::Kind::Register;
    auto* page = new RegisterPage(m_theme, *m_place, m_papers, m_press, help(), kind);
    if (appointments) {
        m_appointments = page;
    } else {
        m_register = page;
        connect(page, &RegisterPage::searchForgotten, m_window.search(), &QLineEdit::clear);
        connect(page, &RegisterPage::ledgerWanted, this, [this] {
            LedgerDialog dialog(m_theme, *m_place, &m_window);
            dialog.exec();
        });
        page->setColumns(m_settings.layout(kRegister));
    }
    join(page);
    return page;
}

Page* Session::makeQueue()
{
    m_queue = new QueuePage(m_theme, m_place->desk(), m_place->clock());
    connect(m_queue, &QueuePage::tryWanted, this, [this] {
        if (m_sync) {
            m_sync->tryNow();
        }
    });
    connect(m_queue, &QueuePage::diaryWanted, this, [this] {
        m_window.go(kDay);
        m_day->showDiary();
    });
    connect(m_queue, &QueuePage::decisionWanted, this, [this](const QString& code) {
        m_window.go(kNeedsYou);
        m_needsYou->showCase(code);
    });
    connect(m_queue, &QueuePage::stickWanted, this, [this] { openCourier(CourierDialog::Way::Send); });
    connect(m_queue, &QueuePage::stickAnswerWanted, this,
            [this] { openCourier(CourierDialog::Way::Receive); });
    join(m_queue);
    return m_queue;
}

void Session::openCourier(CourierDialog::Way way)
{
    CourierDialog dialog(m_theme, courierJobs(*m_place), way, m_stickFolder, &m_window);
    connect(&dialog, &CourierDialog::answered, this, [this] {
        rebind(); // the engine learns of new keys and of what is acknowledged
        refreshStrip();
    });
    dialog.exec();
    m_stickFolder = dialog.folder();
    m_queue->refresh(); // each line says when it went onto a stick
}

Page* Session::makeNeedsYou()
{
    m_needsYou = new NeedsYouPage(m_theme, m_place->desk(), m_place->clock(), help());
    connect(m_needsYou, &NeedsYouPage::correctionWanted, this,
            [this](const QString& code, const std::string& pointer) {
                showDossier(code);
                m_register->panel().changeField(pointer);
                m_window.go(kNeedsYou);
            });
    connect(m_needsYou, &NeedsYouPage::paperWanted, this, &Session::printAnew);
    join(m_needsYou);
    return m_needsYou;
}

void Session::printAnew(const QString& code, const std::string& paper)
{
    if (print(m_papers.paperOf(toUtf8(code), paper))) {
        m_needsYou->refresh();
        refreshStrip();
    }
}

bool Session::print(Result<PrintJob> job)
{
    if (!job) {
        const ErrorText text = explain(job.error());
        m_window.announce(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return false;
    }
    PrintDialog dialog(m_theme, m_press, std::move(*job), &m_window);
    dialog.exec();
    return true;
}

Page* Session::makeReports()
{
    auto* page = new ReportPage(m_theme, *m_place, m_press.folder());
    join(page);
    return page;
}

Page* Session::makeDay()
{
    m_day = new DayPage(m_theme, *m_place, m_papers, m_press);
    connect(m_day, &DayPage::needsYouWanted, this, [this] { m_window.go(kNeedsYou); });
    join(m_day);
    return m_day;
}

} // namespace motcua
