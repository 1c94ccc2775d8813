// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/session.h"

#include "app/common/day_words.h"
#include "app/day/day_page.h"
#include "app/intake/intake_page.h"
#include "app/queue/conflict_words.h"
#include "app/queue/needs_you_page.h"
#include "app/queue/queue_page.h"
#include "app/register/register_page.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "app/window/place_names.h"
#include "app/window/strip_state.h"
#include "core/desk/desk_support.h"

#include <QLineEdit>

#include <algorithm>

namespace motcua {

namespace {

constexpr int kPagesEveryMs = 1'000;
constexpr Millis kLateEvery{60'000};
constexpr int kSearchAfterMs = 90;    ///< after the last letter
constexpr int kSweepAfterMs = 30'000; ///< not while somebody begins the day

} // namespace

Session::Session(Theme& theme, MainWindow& window, WindowSettings& settings, std::unique_ptr<Workplace> place,
                 std::filesystem::path paperFolder, QObject* parent)
    : QObject(parent), m_theme(theme), m_window(window), m_settings(settings), m_place(std::move(place)),
      m_papers(*m_place), m_press(std::move(paperFolder))
{
    m_press.setUsualPrinter(settings.printer());
    if (auto stock = StockSettings::load(m_place->registerFolder())) {
        m_press.setStock(std::move(*stock));
    }
    m_everyMinute.setInterval(20'000);
    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(kSearchAfterMs);
    m_pagesSoon.setSingleShot(true);
    m_pagesSoon.setInterval(kPagesEveryMs);
    connect(&m_pagesSoon, &QTimer::timeout, this, [this] {
        if (m_pagesWait) {
            refreshPages();
            m_pagesSoon.start();
        }
    });
    connect(&m_everyMinute, &QTimer::timeout, this, &Session::refreshStrip);
    connectSearch();
}

Session::~Session()
{
    keepEverything();
    if (m_register != nullptr) {
        m_settings.setLayout(kRegister, m_register->columns());
    }
    m_settings.setPrinter(m_press.usualPrinterName());
    m_window.clearPlaces();
    m_sync.reset();
}

void Session::start()
{
    showOfficial();
    introduceCatalogue();
    m_everyMinute.start();
    // The way to the portal begins once the window stands.
    QTimer::singleShot(0, this, &Session::rebind);
    QTimer::singleShot(kSweepAfterMs, this, &Session::sweepFiles);
}

void Session::showOfficial()
{
    m_searchSoon.stop(); // what the one before typed is nothing to look for now
    m_window.search()->clear();
    const RegisterIdentity& identity = m_place->identity();
    m_window.showWorkplace(toQString(identity.unitName), tr("Quầy %1").arg(identity.slot),
                           toQString(m_place->desk().actor().fullName), identity.practice);
    makePlaces();
    refreshStrip();
    m_window.showWork();
    m_window.go(kIntake);
}

/// Scans that nobody came to name go after a week; beside the window, once a day is often enough.
void Session::sweepFiles()
{
    const auto drafts = m_place->desk().filesOfDrafts();
    if (!drafts) {
        return; // tried again at the next start
    }
    inBackground<bool>(
        &m_beside,
        [place = m_place.get(), digests = *drafts] {
            auto connection = place->folder().connect();
            if (!connection) {
                return false;
            }
            FileStore store(*connection, place->files().shelf(), place->folder().dataKey(),
                            place->systemClock());
            return store.sweep(digests).has_value();
        },
        [](bool) {});
}

void Session::rebind()
{
    if (m_sync) {
        m_sync->rebind();
        return;
    }
    m_sync = std::make_unique<SyncService>([place = m_place.get()] { return place->folder().connect(); },
                                           m_place->identity(), fieldOf(m_place->catalogue()),
                                           m_place->systemClock());
    m_sync->useFieldRules(fieldRulesOf(m_place->catalogue()));
    m_sync->useFiles([place = m_place.get()](Connection& connection) {
        return std::make_unique<FileStore>(connection, place->files().shelf(), place->folder().dataKey(),
                                           place->systemClock());
    });
    m_sync->useCatalogues([place = m_place.get()](Connection& connection) {
        return std::make_unique<CatalogueDesk>(
            catalogueDesk(connection, place->identity(), place->systemClock()));
    });
    connect(m_sync.get(), &SyncService::changed, this, &Session::takeNews);
    connect(m_sync.get(), &SyncService::storageFailed, this, [this](const QString& detail) {
        m_window.announce(
            Tone::Bad, tr("Không ghi được tình trạng gửi xuống đĩa."),
            tr("Hồ sơ còn nguyên; máy sẽ hỏi lại cổng. Kiểm tra đĩa còn chỗ, rồi gọi quản trị (%1).")
                .arg(displayText(detail)));
    });
    m_sync->start();
}

void Session::join(Page* page)
{
    connect(page, &Page::dossierWanted, this, &Session::showDossier);
    connect(page, &Page::registerChanged, this, [this] {
        wakeSync();
        refreshStrip();
    });
}

void Session::connectSearch()
{
    connect(&m_window, &MainWindow::searchEdited, this, [this] { m_searchSoon.start(); });
    connect(&m_searchSoon, &QTimer::timeout, this, [this] {
        const QString text = m_window.search()->text();
        m_window.go(kRegister);
        m_register->search(text);
        m_window.search()->setFocus(); // typing goes on
    });
    connect(&m_window, &MainWindow::placeEntered, this, [this](const QString& place) {
        if (place != kRegister && m_register != nullptr) {
            m_window.search()->clear();
            m_register->forgetSearch();
        }
    });
    connect(&m_window, &MainWindow::searchSubmitted, this, [this](const QString& text) {
        m_searchSoon.stop();
        m_window.go(kRegister);
        m_register->search(text);
        m_register->takeKeyboard();
    });
}

void Session::showDossier(const QString& code)
{
    m_window.go(kRegister);
    m_register->showDossier(code);
}

void Session::wakeSync()
{
    if (m_sync) {
        m_sync->wake();
    }
}

void Session::takeNews(const SyncNews& news)
{
    warnOfClock(news);
    tellOfCatalogue(news);
    m_news = news;
    showStrip(news.queue); // counted on the service's own thread
    if (!m_pagesSoon.isActive()) {
        refreshPages();
        m_pagesSoon.start();
    } else {
        m_pagesWait = true;
    }
}

/// The page in front; while the network is busy not more often than somebody can read.
void Session::refreshPages()
{
    m_pagesWait = false;
    for (RegisterPage* page : {m_register.data(), m_appointments.data()}) {
        if (page != nullptr && page->isVisible()) {
            page->refresh();
        }
    }
    if (m_queue != nullptr && m_queue->isVisible()) {
        m_queue->refresh();
    }
    if (m_needsYou != nullptr && m_needsYou->isVisible()) {
        m_needsYou->refresh();
    }
    if (m_day != nullptr && m_day->isVisible()) {
        m_day->refreshSoon();
    }
}

/// Said once when it is found out; what is written meanwhile is marked by itself.
void Session::warnOfClock(const SyncNews& news)
{
    if (news.portal.clockOff && !(m_news && m_news->portal.clockOff)) {
        const Millis off = *news.portal.clockOff;
        m_window.announce(
            Tone::Warning,
            tr("Đồng hồ máy này lệch cổng %1.").arg(toQString(spanText(off < Millis{0} ? -off : off))),
            tr("Chỉnh lại ngày giờ của máy; giờ ghi đến lúc đó được đánh dấu là không chắc."));
    }
}

/// When the engine took or refused one just now.
void Session::tellOfCatalogue(const SyncNews& news)
{
    const EngineCounters before = m_news ? m_news->counters : EngineCounters{};
    CatalogueDesk desk(m_place->connection(), m_place->identity(), m_place->systemClock());
    if (news.counters.cataloguesTaken > before.cataloguesTaken) {
        if (const auto held = desk.held(); held && *held) {
            announce(Tone::Note, takenWords(**held));
        }
    }
    if (news.counters.cataloguesRefused > before.cataloguesRefused) {
        if (const auto refused = desk.refused(); refused && *refused) {
            announce(Tone::Warning, refusedWords(**refused));
        }
    }
}

/// At the start: which one is in force where that is new here, and what is wrong where something is.
void Session::introduceCatalogue()
{
    const CatalogueInForce& inForce = m_place->catalogueInForce();
    CatalogueDesk desk(m_place->connection(), m_place->identity(), m_place->systemClock());
    const auto refused = desk.refused();
    if (!inForce.unusable.empty()) {
        announce(Tone::Warning, unusableWords(inForce));
    } else if (refused && *refused) {
        announce(Tone::Warning, refusedWords(**refused));
    } else if (inForce.since && m_settings.catalogue() != toQString(inForce.catalogue->version())) {
        m_window.announce(Tone::Note, toQString(catalogueWords(inForce)),
                          tr("Hồ sơ đã nhận trước đó giữ nguyên thời hạn và lệ phí lúc nhận."));
    }
    m_settings.setCatalogue(toQString(inForce.catalogue->version()));
}

void Session::announce(Tone tone, const ErrorText& text)
{
    m_window.announce(tone, toQString(text.happened), toQString(text.safe + ' ' + text.next));
}

void Session::refreshStrip()
{
    const auto queue = m_place->desk().queue().summary();
    if (queue) { // else what was said last stays; the act that failed says why
        showStrip(*queue);
    }
}

void Session::showStrip(const QueueSummary& queue)
{
    const auto alarms = m_place->desk().alarms();
    const StripState state =
        stripState(m_news, queue, alarms ? static_cast<std::int64_t>(alarms->size()) : 0);
    m_window.showStrip(state, m_place->systemClock().now());
    m_window.setCount(kQueue, queue.waiting, false);
    m_window.setCount(kNeedsYou, state.needsYou, true);
    if (state.needsYou > 0) {
        remindOfLate();
    }
}

/// Once a day: what needs a person and has waited since an earlier working day. Nothing expires by itself.
void Session::remindOfLate()
{
    const Instant now = m_place->clock().now();
    const Millis asked = m_place->systemClock().monotonic();
    if (m_remindedOn == dayInVietnam(now) || (m_lateAskedAt && asked - *m_lateAskedAt < kLateEvery)) {
        return;
    }
    m_lateAskedAt = asked; // each conflict is merged anew to be told
    const auto cases = m_place->desk().conflicts();
    const auto late =
        !cases ? 0 : std::count_if(cases->begin(), cases->end(), [&](const ConflictCase& conflict) {
            return workingDaysSince(conflict.since, now, m_place->catalogue().calendar()) >= 1;
        });
    if (late > 0) {
        // Three days and more stand in the report to the city; see core/report/unsettled.h.
        m_remindedOn = dayInVietnam(now);
        m_window.announce(Tone::Warning, tr("%1 việc cần bạn đã chờ từ một ngày làm việc trở lên.").arg(late),
                          tr("Bấm F7 để xem; chờ từ 3 ngày thì vào báo cáo gửi thành phố (F8)."));
    }
}

void Session::keepEverything()
{
    if (m_intake != nullptr) {
        m_intake->saveNow();
    }
}

int Session::filesUnderWay() const
{
    return m_intake != nullptr ? m_intake->filesUnderWay() : 0;
}

void Session::showFilesUnderWay()
{
    m_window.go(kIntake);
    static_cast<void>(m_intake->waitsForFiles());
}

FieldHelp Session::help()
{
    return FieldHelp{&m_place->catalogue(), [this] { return units(); }, dayInVietnam(m_place->clock().now())};
}

const Units* Session::units()
{
    if (!m_unitsTried) {
        m_unitsTried = true;
        if (auto loaded = m_place->catalogue().loadUnits()) {
            m_units.emplace(std::move(*loaded));
        }
    }
    return m_units ? &*m_units : nullptr;
}

} // namespace motcua
