// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/workplace.h"
#include "app/papers/paper_desk.h"
#include "app/papers/paper_press.h"
#include "app/queue/courier_dialog.h"
#include "app/shell/main_window.h"
#include "app/window/settings.h"
#include "sync/transport/sync_service.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace motcua {

class DayPage;
class IntakePage;
class NeedsYouPage;
class QueuePage;
class RegisterPage;

/// The time between signing in and leaving: one opened register, its pages, its way to the portal.
class Session : public QObject
{
    Q_OBJECT
public:
    Session(Theme& theme, MainWindow& window, WindowSettings& settings, std::unique_ptr<Workplace> place,
            std::filesystem::path paperFolder, QObject* parent = nullptr);
    ~Session() override;

    void start();
    /// Makes the places anew for who is signed in now: own drafts, own name. The pages of the one before go.
    void showOfficial();
    /// What the way to the portal tells; comes from the service.
    void takeNews(const SyncNews& news);
    [[nodiscard]] Workplace& place() { return *m_place; }
    [[nodiscard]] PaperPress& press() { return m_press; }
    /// What is half typed is on the disk when this returns.
    void keepEverything();
    /// Files that the open form is still taking in: they are lost when the official changes or leaves.
    [[nodiscard]] int filesUnderWay() const;
    /// Goes there and says so.
    void showFilesUnderWay();
    /// The register was bound to a portal.
    void rebind();

signals:
    void filesSettled(); ///< none is under way any more

private:
    void makePlaces();
    [[nodiscard]] Page* makeIntake();
    [[nodiscard]] Page* makeRegister(bool appointments);
    [[nodiscard]] Page* makeQueue();
    [[nodiscard]] Page* makeNeedsYou();
    void warnOfClock(const SyncNews& news);
    void tellOfCatalogue(const SyncNews& news);
    void introduceCatalogue();
    void announce(Tone tone, const ErrorText& text);
    void printAnew(const QString& code, const std::string& paper);
    /// Asks how, and brings it out; where there is no such paper, says why.
    bool print(Result<PrintJob> job);
    [[nodiscard]] Page* makeBooks();
    [[nodiscard]] Page* makeReports();
    [[nodiscard]] Page* makeDay();
    void join(Page* page);
    void connectSearch();
    void showDossier(const QString& code);
    void openCourier(CourierDialog::Way way);
    void wakeSync();
    void sweepFiles();
    void refreshPages();
    void refreshStrip();
    void showStrip(const QueueSummary& queue);
    void remindOfLate();
    [[nodiscard]] struct FieldHelp help();
    [[nodiscard]] const Units* units();

    Theme& m_theme;
    MainWindow& m_window;
    WindowSettings& m_settings;
    std::unique_ptr<Workplace> m_place;
    PaperDesk m_papers;
    PaperPress m_press;
    std::unique_ptr<SyncService> m_sync;
    std::optional<SyncNews> m_news;
    QString m_stickFolder; ///< where the last stick was
    QTimer m_everyMinute;
    QTimer m_searchSoon;
    QTimer m_pagesSoon;
    bool m_pagesWait = false; ///< there were news since the pages were refreshed
    std::optional<Millis> m_lateAskedAt;
    std::optional<Units> m_units;
    bool m_unitsTried = false;
    Day m_remindedOn{}; ///< of what has waited for a person since an earlier working day
    // The window's own, made at the first visit and gone when the official changes.
    QPointer<IntakePage> m_intake;
    QPointer<RegisterPage> m_register;
    QPointer<RegisterPage> m_appointments;
    QPointer<QueuePage> m_queue;
    QPointer<NeedsYouPage> m_needsYou;
    QPointer<DayPage> m_day;
    QObject m_beside; ///< owns what works beside the window; last: gone before what it works on
};

} // namespace motcua
