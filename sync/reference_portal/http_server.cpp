// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/reference_portal/http_server.h"

#include "sync/protocol/gzip.h"
#include "sync/reference_portal/connection_hall.h"
#include "sync/reference_portal/connection_stream.h"
#include "sync/reference_portal/fault_answers.h"
#include "sync/reference_portal/http_request.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <thread>

namespace motcua::portal {

namespace {

using std::chrono::milliseconds;

/// A request's head, with the handshake before it.
constexpr milliseconds kHeadTime = std::chrono::seconds{15};
/// Request line and headers, several times what any counter or proxy sends. A body that the library reads by
/// itself, that of a method which has no route, counts as head.
constexpr std::uint64_t kHeadBytesMax = 64 << 10;
/// A body or an answer: a minute, and more for what is large. 200 bytes a second is a fifth of the slowest
/// line that a commune is known to have.
constexpr milliseconds kBodyTime = std::chrono::seconds{60};
constexpr std::size_t kBytesPerSecondLeast = 200;
constexpr std::size_t kRequestsPerConnection = 100'000; // said in the answers, not counted
constexpr std::uint64_t kUndeclaredBody = 1 << 20;
/// What a client declares buys no more time than the largest of what is taken and given, a file.
constexpr std::uint64_t kTimedBytesMax = std::uint64_t{32} << 20;

void write(const HttpAnswer& answer, const std::optional<std::string>& acceptEncoding,
           httplib::Response& response)
{
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) {
        response.set_header(name, value);
    }
    response.set_header("Cache-Control", "no-store");
    if (goesPacked(answer, acceptEncoding.value_or(""))) {
        response.set_header("Content-Encoding", "gzip");
        response.set_content(gzip(answer.body), answer.contentType);
    } else if (!answer.contentType.empty()) {
        response.set_content(answer.body, answer.contentType);
    }
}

milliseconds timeFor(std::uint64_t bytes)
{
    return kBodyTime + std::chrono::seconds{std::min(bytes, kTimedBytesMax) / kBytesPerSecondLeast};
}

/// Connections go into the hall at once, and the library has no threads.
class NoThreads final : public httplib::TaskQueue
{
public:
    explicit NoThreads(std::function<void()> atEnd) : m_atEnd(std::move(atEnd)) {}
    void enqueue(std::function<void()> task) override { task(); }
    void shutdown() override { m_atEnd(); }

private:
    std::function<void()> m_atEnd;
};

/// The connection that this thread serves, so that a handler can say how it ends.
thread_local ConnectionStream* t_connection = nullptr;

} // namespace

class HttpServer::Impl final : public httplib::Server
{
public:
    Impl(PortalApi& api, Faults& faults) : m_api(api), m_faults(faults)
    {
        const auto plain = [this](const httplib::Request& request, httplib::Response& response) {
            serveOne(request, response, [](std::size_t) { return BodyRead{}; });
            t_connection->closesAfterAnswer = t_connection->closesAfterAnswer || hasBody(request);
        };
        const auto withBody = [this](const httplib::Request& request, httplib::Response& response,
                                     const httplib::ContentReader& reader) {
            serveOne(request, response, [&request, &reader](std::size_t bytesMax) {
                t_connection->allowBytes(wireBytesMax(request, bytesMax));
                return readBody(request, reader, bytesMax);
            });
        };
        Get(".*", plain).Options(".*", plain).Delete(".*", plain);
        Post(".*", withBody).Put(".*", withBody).Patch(".*", withBody).Delete(".*", withBody);
        set_error_handler(
            [](const httplib::Request&, httplib::Response& response) { completeError(response); });
        set_exception_handler(
            [](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
                response.status = 500;
                t_connection->closesAfterAnswer = true;
            });
        set_payload_max_length(std::size_t{8} << 20);
        set_keep_alive_timeout(std::chrono::seconds(ConnectionHall::kIdleMax).count()); // said in the answers
        set_keep_alive_max_count(kRequestsPerConnection);
        new_task_queue = [this] { return new NoThreads([this] { m_hall->stop(); }); };
        m_hall = std::make_unique<ConnectionHall>([this](ConnectionStream& stream) { return serve(stream); },
                                                  [this](int count) { m_api.setOutside(count); },
                                                  ConnectionHall::Limits{}, m_api.clock());
    }

    /// SO_REUSEPORT, the library's choice, would let two portals share one port in silence.
    void useSocketsThat(bool sharePort)
    {
        set_socket_options([sharePort](socket_t socket) {
            const int yes = 1;
            setsockopt(socket, SOL_SOCKET, sharePort ? SO_REUSEPORT : SO_REUSEADDR, &yes, sizeof yes);
        });
    }

    /// The library lets five wait to be accepted; the sixth would try again a second later.
    void letManyWait() { ::listen(svr_sock_, SOMAXCONN); }

    Result<void> useTls(const std::string& certificate, const std::string& key)
    {
        m_tls.reset(SSL_CTX_new(TLS_server_method()));
        const bool isGood = m_tls && SSL_CTX_set_min_proto_version(m_tls.get(), TLS1_2_VERSION) == 1 &&
                            SSL_CTX_use_certificate_chain_file(m_tls.get(), certificate.c_str()) == 1 &&
                            SSL_CTX_use_PrivateKey_file(m_tls.get(), key.c_str(), SSL_FILETYPE_PEM) == 1 &&
                            SSL_CTX_check_private_key(m_tls.get()) == 1;
        return isGood ? Result<void>() : fail(ErrorKind::Invalid, "certificate or key cannot be used");
    }

private:
    /// The library's threads would keep a connection each; here it only goes into the hall.
    bool process_and_close_socket(socket_t socket) override
    {
        auto stream = std::make_unique<ConnectionStream>(socket, m_tls.get(), m_api.clock());
        if (!m_hall->add(stream)) {
            sayFull(*stream);
        }
        return true;
    }

    bool serve(ConnectionStream& stream)
    {
        t_connection = &stream;
        stream.allow(kHeadTime, kHeadBytesMax);
        if (!stream.accept()) {
            return false;
        }
        if (!stream.waitForBytes(milliseconds{0})) {
            return true; // after the handshake of TLS
        }
        bool isClosed = false;
        bool goesOn = process_request(stream, false, isClosed, keepHeaders);
        goesOn = stream.finishAnswer() && goesOn && !isClosed;
        t_connection = nullptr;
        return goesOn;
    }

    /// Before a handshake nothing can be said.
    void sayFull(ConnectionStream& stream) const
    {
        if (!m_tls) {
            const std::string body = problemAnswer(problemOf(ProblemType::Busy)).body;
            const std::string answer =
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
                "Content-Type: application/problem+json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body;
            static_cast<void>(::send(stream.socket(), answer.data(), answer.size(), MSG_NOSIGNAL));
        }
    }

    template<class Reader>
    void serveOne(const httplib::Request& request, httplib::Response& response, Reader reader)
    {
        HttpAsk ask;
        ask.method = request.method;
        ask.path = request.path;
        ask.query = {request.params.begin(), request.params.end()};
        ask.header = [&request](const std::string& name) { return headerOf(request, name); };
        bool isRead = !hasBody(request);
        ask.readBody = [&reader, &isRead](std::size_t bytesMax) {
            BodyRead body = reader(bytesMax);
            isRead = body.end == BodyEnd::Whole;
            return body;
        };
        ask.limitBodyTime = [](milliseconds time) { t_connection->allow(time); };
        ask.endBody = [stream = t_connection] { stream->endReading(); };
        const auto declared = declaredLength(request);
        t_connection->allow(timeFor(declared.value_or(kUndeclaredBody)));
        ConnectionFate fate = ConnectionFate::Good;
        const HttpAnswer answer = answerWithFaults(ask, fate);
        t_connection->fate = fate;
        t_connection->held = answer.held;
        // A small body that is here already is cheaper to drop than the connection.
        if (!isRead && !answer.closes && declared && *declared <= t_connection->bufferedCount()) {
            static_cast<void>(ask.readBody(static_cast<std::size_t>(*declared)));
        }
        t_connection->allow(timeFor(answer.body.size()));
        t_connection->closesAfterAnswer = answer.closes || !isRead;
        if (t_connection->closesAfterAnswer) {
            response.set_header("Connection", "close");
        }
        write(answer, headerOf(request, "Accept-Encoding"), response);
    }

    HttpAnswer answerWithFaults(const HttpAsk& ask, ConnectionFate& fate)
    {
        const std::vector<FaultRule> drawn = m_faults.drawFor(PortalApi::routeName(ask.path));
        std::optional<std::int64_t> postponed;
        for (const FaultRule& rule : drawn) {
            if (auto instead = answerInstead(rule, fate)) {
                if (rule.kind == FaultKind::LoseRequest) {
                    static_cast<void>(ask.readBody(std::size_t{2} << 20));
                }
                return std::move(*instead);
            }
            if (rule.kind == FaultKind::Later) {
                postponed = rule.seconds.value_or(1);
            }
        }
        HttpAnswer answer = m_api.handle(ask, postponed);
        for (const FaultRule& rule : drawn) {
            spoil(rule, m_faults, answer, fate);
        }
        return answer;
    }

    /// Errors that the library found by itself (a request line that is none, a method nobody knows).
    static void completeError(httplib::Response& response)
    {
        if (!response.body.empty() || response.status < 400) {
            return;
        }
        const ProblemType type = response.status == 404   ? ProblemType::NotFound
                                 : response.status == 413 ? ProblemType::TooLarge
                                 : response.status == 415 ? ProblemType::Unsupported
                                                          : ProblemType::BadRequest;
        response.set_content(problemAnswer(problemOf(type)).body, "application/problem+json");
        t_connection->closesAfterAnswer = true;
    }

    struct FreeTls
    {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    PortalApi& m_api;
    Faults& m_faults;
    std::unique_ptr<SSL_CTX, FreeTls> m_tls;
    std::unique_ptr<ConnectionHall> m_hall;
};

Result<ServerOptions> parseListenAddress(const std::string& text)
{
    const std::size_t colon = text.rfind(':');
    ServerOptions options;
    options.host = text.substr(0, colon);
    if (options.host.size() > 2 && options.host.front() == '[' && options.host.back() == ']') {
        options.host = options.host.substr(1, options.host.size() - 2);
    }
    const std::string port = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    const auto read = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (options.host.empty() || port.empty() || read.ec != std::errc() ||
        read.ptr != port.data() + port.size() || options.port < 0 || options.port > 65535) {
        return fail(ErrorKind::Invalid, "not ADDRESS:PORT: " + text);
    }
    return options;
}

bool isLoopback(const std::string& host)
{
    in_addr v4{};
    in6_addr v6{};
    if (inet_pton(AF_INET, host.c_str(), &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24) == 127;
    }
    if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
        return IN6_IS_ADDR_LOOPBACK(&v6);
    }
    return host == "localhost";
}

HttpServer::HttpServer(PortalApi& api, Faults& faults) : m_impl(std::make_unique<Impl>(api, faults)) {}
HttpServer::~HttpServer() = default;

Result<void> HttpServer::bind(const ServerOptions& options)
{
    const bool hasTls = !options.tlsCertificate.empty() || !options.tlsKey.empty();
    if (!hasTls && !isLoopback(options.host)) {
        return fail(ErrorKind::Refused, "plain HTTP on loopback only; give --tls-cert and --tls-key");
    }
    if (hasTls) {
        TRY(m_impl->useTls(options.tlsCertificate, options.tlsKey));
    }
    m_impl->useSocketsThat(options.sharesPort);
    int port = options.port;
    if (port == 0) {
        port = m_impl->bind_to_any_port(options.host);
    } else if (!m_impl->bind_to_port(options.host, port)) {
        port = -1;
    }
    if (port <= 0) {
        return fail(ErrorKind::Network,
                    "cannot listen on " + options.host + ":" + std::to_string(options.port));
    }
    m_impl->letManyWait();
    const bool isV6 = options.host.find(':') != std::string::npos;
    m_url = std::string(hasTls ? "https://" : "http://") + (isV6 ? "[" + options.host + "]" : options.host) +
            ":" + std::to_string(port);
    return {};
}

void HttpServer::serve()
{
    m_isServing = true;
    if (!m_isStopAsked) {
        m_impl->listen_after_bind();
    }
    m_isServing = false;
}

/// The library forgets a stop that comes before it has begun to listen, so this one waits for it.
void HttpServer::stop()
{
    m_isStopAsked = true;
    for (bool isTold = false; m_isServing;) {
        if (!isTold && m_impl->is_running()) {
            m_impl->stop();
            isTold = true;
        }
        std::this_thread::sleep_for(milliseconds{2});
    }
}

} // namespace motcua::portal
