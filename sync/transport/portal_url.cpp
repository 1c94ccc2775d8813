// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/portal_url.h"

#include <QHostAddress>

namespace motcua {

namespace {

bool isThisMachine(const QString& host)
{
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0) {
        return true;
    }
    // Only a literal address: a name may lead anywhere, and the token would go there in plain text.
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

} // namespace

Result<QUrl> parsePortalUrl(const std::string& text)
{
    QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return fail(ErrorKind::Invalid, "not a URL: " + text);
    }
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        return fail(ErrorKind::Invalid, "only scheme, host, port and path belong into a portal's URL");
    }
    const bool isPlain = url.scheme() == QLatin1String("http");
    if (!isPlain && url.scheme() != QLatin1String("https")) {
        return fail(ErrorKind::Invalid, "neither https nor http: " + text);
    }
    if (isPlain && !isThisMachine(url.host())) {
        return fail(ErrorKind::Invalid, "plain http is for this machine only");
    }
    QString path = url.path();
    while (path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    url.setPath(path);
    return url;
}

} // namespace motcua
