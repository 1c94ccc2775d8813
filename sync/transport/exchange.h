// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/transport.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QTimer>
#include <memory>

namespace motcua {

/// One running request: reads the answer as it comes, within the bound, and ends it when it takes too long or
/// somebody says stop. Destroyed before its end, it breaks the request off.
class Exchange
{
public:
    /// Takes the reply over.
    Exchange(QNetworkReply* reply, bool hasBody, const Timeouts& timeouts);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    ~Exchange();

    /// Turns an event loop until the request is out: Qt fetches its body piece by piece through the caller's.
    /// Then the portal works, and Qt's own thread waits for it.
    void send();
    /// Turns an event loop until the answer is whole or failed. The body is as sent, still packed.
    [[nodiscard]] Reply run();
    void stop() { abort(Failure::Stopped); }

private:
    /// Left to Qt's own time: other events of the thread may be running when the reply goes.
    struct DeleteLater
    {
        void operator()(QNetworkReply* reply) const { reply->deleteLater(); }
    };

    void watch(const Timeouts& timeouts);
    void sent();
    void abort(Failure why);
    void take();
    [[nodiscard]] Failure failureOf(QNetworkReply::NetworkError error) const;
    [[nodiscard]] bool isBrokenOff(int status) const;
    [[nodiscard]] Reply result();

    std::unique_ptr<QNetworkReply, DeleteLater> m_reply;
    QEventLoop m_loop;
    QTimer m_connecting;
    QTimer m_progress;
    QTimer m_total;
    std::string m_body;
    bool m_isSending = false;
    bool m_isSent = false;
    Failure m_aborted = Failure::None;
    bool m_certificateBad = false;
};

} // namespace motcua
