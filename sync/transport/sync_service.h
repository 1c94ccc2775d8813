// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/desk/portal_desk.h"
#include "core/outbox/queue.h"
#include "sync/engine/sync_engine.h"

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>

namespace motcua {

/// How the way to the portal stands; what the strip at the bottom of the window shows.
struct SyncNews
{
    bool enrolled = false;
    bool busy = false; ///< a call is to follow at once
    QueueSummary queue;
    PortalState portal;
    EngineCounters counters;
};

class SyncWorker;

/// Gives the engine a thread and a connection of its own. Lives on the window's thread; everything that
/// crosses is a value. Stops within moments, also in the middle of a request: what was under way is unknown
/// then, and is sent again at the next start.
class SyncService final : public QObject
{
    Q_OBJECT
public:
    /// Opens the register for the service's thread; called there.
    using Opener = std::function<Result<Connection>()>;
    /// Where the files of dossiers lie, over the service's connection; called there. None: no files are sent.
    using Files = std::function<std::unique_ptr<FileStore>(Connection&)>;
    /// Where the city's catalogue goes, in the same way. None: it is not asked for.
    using Catalogues = std::function<std::unique_ptr<CatalogueDesk>(Connection&)>;

    /// `fieldOf` and `clock` are used on the service's thread as well; the clock outlives the service.
    SyncService(Opener opener, RegisterIdentity identity, FieldOf fieldOf, const Clock& clock,
                EngineOptions options = {}, QObject* parent = nullptr);
    ~SyncService() override;

    /// Who decides what two sides changed; before start(). Without it all but the portal's own fields waits
    /// for a person. Used on the service's thread as well.
    void useFieldRules(std::function<FieldRules(const Json& dossier)> rulesOf);

    /// Without it no files are sent. Before start().
    void useFiles(Files files) { m_files = std::move(files); }
    /// Without it the city's catalogue is not asked for. Before start().
    void useCatalogues(Catalogues catalogues) { m_catalogues = std::move(catalogues); }

    void start();
    /// Waits until the thread has ended.
    void stop();

public slots:
    /// A person wants it now.
    void tryNow();
    /// Something was queued: look at once, not at the next turn.
    void wake();
    /// The register was enrolled, or with another portal: begin again.
    void rebind();

signals:
    void changed(const motcua::SyncNews& news);
    /// The disk refused; the service tries again by itself.
    void storageFailed(const QString& detail);

private:
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<SyncWorker> m_worker;
    Opener m_opener;
    RegisterIdentity m_identity;
    FieldOf m_fieldOf;
    std::function<FieldRules(const Json& dossier)> m_rulesOf;
    const Clock& m_clock;
    EngineOptions m_options;
    Files m_files;
    Catalogues m_catalogues;
};

} // namespace motcua

Q_DECLARE_METATYPE(motcua::SyncNews)
