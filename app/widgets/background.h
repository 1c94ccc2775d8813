// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>

namespace motcua {

/// A thread that is waited for when its owner goes, so that no work outlives what it works on.
class BackgroundThread final : public QObject
{
public:
    BackgroundThread(QObject* owner, std::function<void()> work)
        : QObject(owner), m_thread(QThread::create(std::move(work)))
    {
        connect(m_thread.get(), &QThread::finished, this, &QObject::deleteLater);
    }
    ~BackgroundThread() override { m_thread->wait(); }
    [[nodiscard]] QThread* thread() { return m_thread.get(); }

private:
    std::unique_ptr<QThread> m_thread;
};

/// Runs `work` beside the window and hands its answer to `then` on the owner's thread; not at all when the
/// owner is gone by then. `work` may only touch what it captured.
template<class T> void inBackground(QObject* owner, std::function<T()> work, std::function<void(T)> then)
{
    auto answer = std::make_shared<std::optional<T>>();
    auto* runner = new BackgroundThread(owner, [answer, work = std::move(work)] { answer->emplace(work()); });
    QObject::connect(runner->thread(), &QThread::finished, owner,
                     [answer, then = std::move(then)] { then(std::move(**answer)); });
    runner->thread()->start();
}

} // namespace motcua
