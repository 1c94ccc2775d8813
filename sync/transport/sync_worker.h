// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/desk/portal_desk.h"
#include "sync/transport/http_transport.h"
#include "sync/transport/sync_service.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

namespace motcua {

/// The half of SyncService that lives on its thread: owns connection, transport and engine, and turns the
/// engine's "until" into a timer. While a request runs an inner event loop turns, so every slot may be called
/// inside a step; then it is only noted.
class SyncWorker final : public QObject
{
    Q_OBJECT
public:
    SyncWorker(SyncService::Opener opener, RegisterIdentity identity, FieldOf fieldOf,
               std::function<FieldRules(const Json& dossier)> rulesOf, const Clock& clock,
               EngineOptions options, SyncService::Files files, SyncService::Catalogues catalogues);

    void begin();
    void tryNow();
    void wake();
    void rebind();
    void finish();

signals:
    void changed(const motcua::SyncNews& news);
    void storageFailed(const QString& detail);

private:
    [[nodiscard]] Result<void> open();
    void turn();
    void after(const EngineStep& step);
    void failed(const Error& error);
    void publish(bool busy);
    void leave();

    SyncService::Opener m_opener;
    RegisterIdentity m_identity;
    FieldOf m_fieldOf;
    std::function<FieldRules(const Json& dossier)> m_rulesOf;
    const Clock& m_clock;
    EngineOptions m_options;
    SyncService::Files m_makeFiles;
    SyncService::Catalogues m_makeCatalogues;
    SystemRandom m_random;
    QTimer m_timer;
    QTimer m_newsSoon; ///< what was not told yet, while a piece of a file is under way
    QTimer m_patience; ///< with a piece of a file while something else waits
    std::optional<Connection> m_connection;
    std::optional<PortalDesk> m_desk;
    std::optional<Queue> m_queue;
    std::unique_ptr<FileStore> m_files;
    std::unique_ptr<CatalogueDesk> m_catalogues;
    std::unique_ptr<HttpTransport> m_transport;
    std::optional<SyncEngine> m_engine;
    QueueSummary m_summary; ///< as it could be counted last
    Millis m_published{-1'000'000};
    bool m_inStep = false;
    bool m_again = false;
    bool m_rebind = false;
    bool m_leaving = false;
};

} // namespace motcua
