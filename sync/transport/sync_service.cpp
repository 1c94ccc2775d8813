// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/sync_service.h"

#include "sync/transport/sync_worker.h"

namespace motcua {

SyncService::SyncService(Opener opener, RegisterIdentity identity, FieldOf fieldOf, const Clock& clock,
                         EngineOptions options, QObject* parent)
    : QObject(parent), m_opener(std::move(opener)), m_identity(std::move(identity)),
      m_fieldOf(std::move(fieldOf)), m_clock(clock), m_options(std::move(options))
{
    qRegisterMetaType<SyncNews>();
}

SyncService::~SyncService()
{
    stop();
}

void SyncService::useFieldRules(std::function<FieldRules(const Json& dossier)> rulesOf)
{
    m_rulesOf = std::move(rulesOf);
}

void SyncService::start()
{
    if (m_thread) {
        return;
    }
    m_thread = std::make_unique<QThread>();
    m_worker = std::make_unique<SyncWorker>(m_opener, m_identity, m_fieldOf, m_rulesOf, m_clock, m_options,
                                            m_files, m_catalogues);
    m_worker->moveToThread(m_thread.get());
    connect(m_worker.get(), &SyncWorker::changed, this, &SyncService::changed);
    connect(m_worker.get(), &SyncWorker::storageFailed, this, &SyncService::storageFailed);
    m_thread->start();
    QMetaObject::invokeMethod(m_worker.get(), &SyncWorker::begin, Qt::QueuedConnection);
}

void SyncService::stop()
{
    if (!m_thread) {
        return;
    }
    QMetaObject::invokeMethod(m_worker.get(), &SyncWorker::finish, Qt::QueuedConnection);
    m_thread->wait();
    m_worker.reset(); // its thread has ended, so it may go from here
    m_thread.reset();
}

void SyncService::tryNow()
{
    if (m_worker) {
        QMetaObject::invokeMethod(m_worker.get(), &SyncWorker::tryNow, Qt::QueuedConnection);
    }
}

void SyncService::wake()
{
    if (m_worker) {
        QMetaObject::invokeMethod(m_worker.get(), &SyncWorker::wake, Qt::QueuedConnection);
    }
}

void SyncService::rebind()
{
    if (m_worker) {
        QMetaObject::invokeMethod(m_worker.get(), &SyncWorker::rebind, Qt::QueuedConnection);
    }
}

} // namespace motcua
