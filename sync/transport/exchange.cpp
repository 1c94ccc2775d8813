// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/exchange.h"

#include <QSslError>

namespace motcua {

namespace {

/// So much is read ahead of us; the rest stays in the sender's hands.
constexpr qint64 kReadAhead = qint64{256} << 10;

void begin(QTimer& timer, Millis after)
{
    timer.setSingleShot(true);
    timer.start(after);
}

} // namespace

Exchange::Exchange(QNetworkReply* reply, bool hasBody, const Timeouts& timeouts) : m_reply(reply)
{
    reply->setReadBufferSize(kReadAhead);
    QObject::connect(reply, &QNetworkReply::readyRead, &m_loop, [this] { take(); });
    QObject::connect(reply, &QNetworkReply::finished, &m_loop, [this] { m_loop.quit(); });
    QObject::connect(reply, &QNetworkReply::sslErrors, &m_loop, [this] { m_certificateBad = true; });
    if (hasBody) {
        QObject::connect(reply, &QNetworkReply::uploadProgress, &m_loop, [this](qint64 done, qint64 all) {
            if (done > 0 && done == all) {
                sent();
            }
        });
    } else {
        QObject::connect(reply, &QNetworkReply::requestSent, &m_loop, [this] { sent(); });
    }
    watch(timeouts);
}

Exchange::~Exchange()
{
    m_reply->disconnect(&m_loop);
    if (!m_reply->isFinished()) {
        m_reply->abort();
    }
}

void Exchange::watch(const Timeouts& timeouts)
{
    for (QTimer* timer : {&m_connecting, &m_progress, &m_total}) {
        QObject::connect(timer, &QTimer::timeout, &m_loop, [this] { abort(Failure::Timeout); });
    }
    begin(m_connecting, timeouts.connect);
    begin(m_total, timeouts.total);
    const auto moves = [this, pause = timeouts.noProgress] {
        m_connecting.stop();
        begin(m_progress, pause);
    };
    QObject::connect(m_reply.get(), &QNetworkReply::requestSent, &m_loop, moves);
    QObject::connect(m_reply.get(), &QNetworkReply::uploadProgress, &m_loop, [moves](qint64 sent, qint64) {
        if (sent > 0) { // Qt also reports "nothing yet" before there is a connection
            moves();
        }
    });
    QObject::connect(m_reply.get(), &QNetworkReply::metaDataChanged, &m_loop, moves);
    QObject::connect(m_reply.get(), &QNetworkReply::downloadProgress, &m_loop, moves);
}

void Exchange::abort(Failure why)
{
    if (m_aborted == Failure::None && !m_reply->isFinished()) {
        m_aborted = why;
        m_reply->abort(); // finished() follows, and ends the loop
    }
}

void Exchange::take()
{
    const auto piece = m_reply->readAll();
    if (m_body.size() + static_cast<std::size_t>(piece.size()) > kAnswerLimit) {
        abort(Failure::TooLarge);
        return;
    }
    m_body.append(piece.constData(), static_cast<std::size_t>(piece.size()));
}

void Exchange::sent()
{
    m_isSent = true;
    if (m_isSending) {
        m_loop.quit();
    }
}

void Exchange::send()
{
    m_isSending = true;
    if (!m_isSent && !m_reply->isFinished()) {
        m_loop.exec();
    }
    m_isSending = false;
}

Reply Exchange::run()
{
    if (m_progress.isActive()) {
        m_progress.start(); // while nobody turned a loop here, nobody could see it progress
    }
    while (!m_reply->isFinished()) {
        m_loop.exec();
    }
    if (m_aborted == Failure::None) {
        take();
    }
    return result();
}

Failure Exchange::failureOf(QNetworkReply::NetworkError error) const
{
    // From 200 on the errors are Qt's reading of an HTTP status, and the answer came whole. Three are not: an
    // answer that breaks HTTP, a URL that is none, and a connection that went away under a body that is sent
    // once only.
    const bool isStatus =
        error >= QNetworkReply::ContentAccessDenied && error != QNetworkReply::ContentReSendError &&
        error != QNetworkReply::ProtocolFailure && error != QNetworkReply::ProtocolUnknownError;
    if (error == QNetworkReply::NoError || isStatus) {
        return Failure::None;
    }
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return Failure::Refused;
    case QNetworkReply::HostNotFoundError:
        return Failure::NoHost;
    case QNetworkReply::TimeoutError:
        return Failure::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return m_certificateBad ? Failure::Certificate : Failure::Tls;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return Failure::Unreadable;
    default:
        return Failure::Reset;
    }
}

/// Qt says nothing of it where the end of the connection is read together with the last bytes that came.
bool Exchange::isBrokenOff(int status) const
{
    constexpr int kNoContent = 204;
    constexpr int kNotModified = 304; // its length is that of what it does not send
    if (status == kNoContent || status == kNotModified ||
        m_reply->operation() == QNetworkAccessManager::HeadOperation ||
        m_reply->hasRawHeader("Transfer-Encoding")) {
        return false;
    }
    bool isNumber = false;
    const auto promised = m_reply->rawHeader("Content-Length").toULongLong(&isNumber);
    return isNumber && m_body.size() < promised;
}

Reply Exchange::result()
{
    const auto failure = m_aborted != Failure::None ? m_aborted : failureOf(m_reply->error());
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (failure != Failure::None || status == 0) {
        return {failure == Failure::None ? Failure::Unreadable : failure,
                0,
                {},
                {},
                m_reply->errorString().toStdString()};
    }
    if (isBrokenOff(status)) {
        return {Failure::Reset, 0, {}, {}, "the answer is shorter than its Content-Length"};
    }
    Reply reply;
    reply.status = status;
    for (const auto& [name, value] : m_reply->rawHeaderPairs()) {
        reply.headers.emplace_back(name.toStdString(), value.toStdString());
    }
    reply.body = std::move(m_body);
    return reply;
}

} // namespace motcua
