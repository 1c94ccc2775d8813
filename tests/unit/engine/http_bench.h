// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/transport/http_transport.h"
#include "tests/support/loopback_server.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTest>
#include <functional>
#include <string>
#include <utility>

namespace motcua {

/// Qt's network wants one.
struct Application
{
    int count = 1;
    char name[5] = "test";
    char* names[2] = {name, nullptr};
    QCoreApplication application{count, names};
};

/// Turns the event loop until it is so, or ten seconds have passed.
inline bool eventually(const std::function<bool()>& isSo)
{
    return QTest::qWaitFor(isSo, 10'000);
}

inline Request get(const std::string& path = "/v1/changes")
{
    Request request;
    request.method = "GET";
    request.path = path;
    return request;
}

inline LoopbackServer::Behaviour always(std::string bytes)
{
    return [bytes = std::move(bytes)](QTcpSocket& socket, const std::string&) {
        LoopbackServer::write(socket, bytes);
    };
}

} // namespace motcua
