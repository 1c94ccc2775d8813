// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/sync_worker.h"

#include <QThread>
#include <algorithm>

namespace motcua {

namespace {

constexpr Millis kAfterDiskFailure{5'000};
/// Looked at again at least so often, whatever the engine says: a computer may have slept meanwhile.
constexpr Millis kLongestSleep{60'000};
constexpr Millis kNewsPause{200};
/// So long a piece of a file may go on when something was queued; most are through by then.
constexpr Millis kPatience{2'000};

} // namespace

SyncWorker::SyncWorker(SyncService::Opener opener, RegisterIdentity identity, FieldOf fieldOf,
                       std::function<FieldRules(const Json& dossier)> rulesOf, const Clock& clock,
                       EngineOptions options, SyncService::Files files, SyncService::Catalogues catalogues)
    : m_opener(std::move(opener)), m_identity(std::move(identity)), m_fieldOf(std::move(fieldOf)),
      m_rulesOf(std::move(rulesOf)), m_clock(clock), m_options(std::move(options)),
      m_makeFiles(std::move(files)), m_makeCatalogues(std::move(catalogues)), m_timer(this), m_newsSoon(this),
      m_patience(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SyncWorker::turn);
    m_newsSoon.setSingleShot(true);
    connect(&m_newsSoon, &QTimer::timeout, this, [this] {
        if (m_engine && (!m_inStep || m_engine->isUploading())) {
            publish(true); // a step with text is over soon; one with a scan may take minutes
        }
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_inStep && m_engine->isUploading()) {
            m_transport->interrupt(); // text goes before scans, also on a line that carries one byte a minute
        }
    });
}

void SyncWorker::begin()
{
    turn();
}

Result<void> SyncWorker::open()
{
    if (!m_connection) {
        m_connection.emplace(TRY(m_opener()));
        m_desk.emplace(*m_connection, m_identity, m_fieldOf, m_clock, m_rulesOf);
        m_queue.emplace(*m_connection, m_identity.install);
        m_files = m_makeFiles ? m_makeFiles(*m_connection) : nullptr;
        m_catalogues = m_makeCatalogues ? m_makeCatalogues(*m_connection) : nullptr;
    }
    const auto binding = TRY(m_desk->binding());
    if (binding) {
        m_transport = TRY(HttpTransport::create(binding->url, binding->ca));
        m_engine.emplace(*m_desk, *m_queue, *m_transport, m_clock, m_random, m_options, m_files.get(),
                         m_catalogues.get());
        m_options.awayLeast = Millis::max(); // one that begins anew later on, for new keys, was not away
    }
    return {};
}

void SyncWorker::turn()
{
    if (m_inStep || m_leaving) {
        m_again = true;
        return;
    }
    if (m_rebind) {
        m_rebind = false;
        m_engine.reset();
        m_transport.reset();
    }
    if (!m_engine) {
        if (const auto opened = open(); !opened) {
            failed(opened.error());
            return;
        }
    }
    if (!m_engine) {
        publish(false); // not enrolled: rebind() wakes us
        return;
    }
    m_inStep = true;
    m_again = false;
    const auto step = m_engine->step();
    m_inStep = false;
    m_patience.stop();
    if (m_leaving) {
        leave();
    } else if (step) {
        after(*step);
    } else {
        failed(step.error());
    }
}

void SyncWorker::after(const EngineStep& step)
{
    const bool pauses = step.did == Did::Idle || step.did == Did::Waiting || step.did == Did::NotEnrolled;
    const Millis now = m_clock.monotonic();
    if (pauses || now - m_published >= kNewsPause) {
        publish(!pauses);
    } else {
        m_newsSoon.start(kNewsPause);
    }
    const bool atOnce = !pauses || m_again || m_rebind;
    m_timer.start(atOnce ? Millis{0} : std::clamp(step.until - now, Millis{0}, kLongestSleep));
}

void SyncWorker::failed(const Error& error)
{
    emit storageFailed(QString::fromStdString(error.detail));
    m_timer.start(kAfterDiskFailure);
}

void SyncWorker::publish(bool busy)
{
    m_published = m_clock.monotonic();
    m_newsSoon.stop();
    SyncNews news;
    news.busy = busy;
    if (const auto summary = m_queue->summary()) {
        m_summary = *summary;
    }
    news.queue = m_summary;
    if (m_engine) {
        news.enrolled = true;
        news.portal = m_engine->state();
        news.counters = m_engine->counters();
    }
    emit changed(news);
}

void SyncWorker::tryNow()
{
    if (m_engine) {
        m_engine->tryNow();
    }
    wake();
}

void SyncWorker::wake()
{
    if (m_inStep) {
        m_again = true;
        if (m_engine && m_engine->isUploading() && !m_patience.isActive()) {
            m_patience.start(kPatience);
        }
    } else {
        m_timer.start(Millis{0});
    }
}

void SyncWorker::rebind()
{
    m_rebind = true;
    wake();
}

void SyncWorker::finish()
{
    m_leaving = true;
    if (m_inStep) {
        m_transport->stop(); // the step ends, and turn() leaves
    } else {
        leave();
    }
}

void SyncWorker::leave()
{
    m_timer.stop();
    m_newsSoon.stop();
    m_engine.reset();
    m_transport.reset();
    m_files.reset();
    m_catalogues.reset();
    m_queue.reset();
    m_desk.reset();
    m_connection.reset();
    QThread::currentThread()->quit();
}

} // namespace motcua
