// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/http_transport.h"

#include "sync/protocol/gzip.h"
#include "sync/transport/exchange.h"
#include "sync/transport/portal_url.h"

#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <algorithm>
#include <atomic>
#include <optional>

namespace motcua {

namespace {

Result<QSslConfiguration> tlsWith(const std::string& ca)
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    // HTTP/2 repeats requests by itself when a connection goes away; one retry layer is ours.
    tls.setAllowedNextProtocols({QByteArray(QSslConfiguration::NextProtocolHttp1_1)});
    if (!ca.empty()) {
        const auto certificates = QSslCertificate::fromData(QByteArray::fromStdString(ca), QSsl::Pem);
        if (certificates.isEmpty()) {
            return fail(ErrorKind::Invalid, "the CA is no certificate (PEM)");
        }
        tls.setCaCertificates(certificates); // these and no others: the system's may hold an interceptor's
    }
    return tls;
}

QByteArray bytes(const std::string& text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

/// A body that can be read once only. Where a kept connection goes away before any answer, Qt sends a request
/// once more by itself; of a piece of a file the portal has kept what arrived, so that the same piece would
/// cross the line for nothing. Qt cannot do so with this.
///
/// Given out in small parts: TLS makes a record of each block that Qt hands it, and of a record that was cut
/// off not one byte can be read at the other end.
class OneWayBody final : public QIODevice
{
public:
    explicit OneWayBody(const std::string& bytes) : m_bytes(bytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return static_cast<qint64>(m_bytes.size() - m_at); }

protected:
    qint64 readData(char* data, qint64 most) override
    {
        const std::size_t count = m_bytes.copy(data, std::min(static_cast<std::size_t>(most), kPart), m_at);
        m_at += count;
        return count == 0 ? -1 : static_cast<qint64>(count);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    static constexpr std::size_t kPart = 1'024;

    std::string m_bytes;
    std::size_t m_at = 0;
};

/// A body that says it is packed comes back unpacked, within the bound.
Reply unpacked(Reply reply)
{
    const auto encoding = headerOf(reply.headers, "Content-Encoding");
    if (reply.failure != Failure::None || !encoding || *encoding == "identity") {
        return reply;
    }
    if (*encoding != "gzip" && *encoding != "x-gzip") {
        return {Failure::Unreadable, 0, {}, {}, "unknown Content-Encoding"};
    }
    auto body = gunzip(reply.body, kAnswerLimit);
    if (!body) {
        return {Failure::Unreadable, 0, {}, {}, body.error().detail};
    }
    reply.body = std::move(*body);
    return reply;
}

} // namespace

class HttpTransport::Private
{
public:
    Private(QUrl url, QSslConfiguration tls) : m_url(std::move(url)), m_tls(std::move(tls))
    {
        m_manager.setProxy(QNetworkProxy::NoProxy);
        m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager.setAutoDeleteReplies(false);
    }

    [[nodiscard]] QNetworkRequest prepared(const Request& request) const
    {
        // The path is ours, already encoded; joined as text, so that nothing is encoded twice.
        const QByteArray whole = m_url.toEncoded() + bytes(request.path);
        QNetworkRequest prepared(QUrl::fromEncoded(whole, QUrl::StrictMode));
        for (const auto& [name, value] : request.headers) {
            prepared.setRawHeader(bytes(name), bytes(value));
        }
        // Said by us, so that Qt leaves the unpacking, and its bound, to us.
        prepared.setRawHeader("Accept-Encoding", "gzip");
        prepared.setRawHeader("User-Agent", "motcua/" MOTCUA_VERSION);
        prepared.setSslConfiguration(m_tls);
        prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                              QNetworkRequest::ManualRedirectPolicy);
        prepared.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        prepared.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
        prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
        prepared.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        prepared.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
        return prepared;
    }

    void start(const Request& request)
    {
        m_running.reset(); // given up, if there is one
        if (m_stopped) {
            return;
        }
        QNetworkReply* reply = replyTo(request);
        const bool hasBody = request.method != "GET" && !request.body.empty();
        m_running.emplace(reply, hasBody, request.timeouts);
        m_running->send();
    }

    Reply finish()
    {
        if (!m_running) {
            return {Failure::Stopped, 0, {}, {}, "stopped"};
        }
        auto answer = m_running->run();
        m_running.reset();
        return unpacked(std::move(answer));
    }

    void stop()
    {
        m_stopped = true;
        // Runs on the transport's own thread, in the event loop of the exchange or in the thread's own.
        QMetaObject::invokeMethod(
            &m_here,
            [this] {
                if (m_running) {
                    m_running->stop();
                }
            },
            Qt::QueuedConnection);
    }

    void interrupt()
    {
        if (m_running) {
            m_running->stop();
        }
    }

private:
    /// HEAD by its own call: of a custom one Qt would wait for the body that its length promises.
    [[nodiscard]] QNetworkReply* replyTo(const Request& request)
    {
        if (request.method == "GET") {
            return m_manager.get(prepared(request));
        }
        if (request.method == "HEAD") {
            return m_manager.head(prepared(request));
        }
        if (request.method == "PATCH" && !request.body.empty()) {
            return once(request);
        }
        return m_manager.sendCustomRequest(prepared(request), bytes(request.method), bytes(request.body));
    }

    [[nodiscard]] QNetworkReply* once(const Request& request)
    {
        auto body = std::make_unique<OneWayBody>(request.body);
        QNetworkRequest sent = prepared(request);
        sent.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        sent.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(request.body.size()));
        QNetworkReply* reply = m_manager.sendCustomRequest(sent, bytes(request.method), body.get());
        body.release()->setParent(reply);
        return reply;
    }

    QUrl m_url;
    QSslConfiguration m_tls;
    QNetworkAccessManager m_manager;
    std::optional<Exchange> m_running;
    std::atomic<bool> m_stopped{false};
    QObject m_here; ///< last: gone first, and with it what was still to be called
};

HttpTransport::HttpTransport(std::unique_ptr<Private> made) : d(std::move(made)) {}
HttpTransport::~HttpTransport() = default;

Result<std::unique_ptr<HttpTransport>> HttpTransport::create(const std::string& url, const std::string& ca)
{
    auto parsed = TRY(parsePortalUrl(url));
    auto tls = TRY(tlsWith(ca));
    auto made = std::make_unique<Private>(std::move(parsed), std::move(tls));
    return std::unique_ptr<HttpTransport>(new HttpTransport(std::move(made)));
}

Reply HttpTransport::exchange(const Request& request)
{
    d->start(request);
    return d->finish();
}

void HttpTransport::start(const Request& request)
{
    d->start(request);
}

Reply HttpTransport::finish()
{
    return d->finish();
}

void HttpTransport::interrupt()
{
    d->interrupt();
}

void HttpTransport::stop()
{
    d->stop();
}

} // namespace motcua
