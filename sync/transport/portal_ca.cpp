// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/transport/portal_ca.h"

#include "core/base/file.h"

#include <QByteArray>
#include <QSslCertificate>

namespace motcua {

namespace {

/// Some hundred certificates; the register keeps them.
constexpr std::size_t kBytesMax = std::size_t{256} << 10;

} // namespace

Result<std::string> certificatesIn(const std::filesystem::path& file)
{
    const std::string text = TRY(readFile(file, kBytesMax));
    std::string certificates;
    const auto found = QSslCertificate::fromData(QByteArray::fromStdString(text), QSsl::Pem);
    for (const QSslCertificate& each : found) {
        certificates += each.toPem().toStdString();
    }
    if (certificates.empty()) {
        return fail(ErrorKind::Invalid, "no certificate (PEM) in " + file.string());
    }
    return certificates;
}

} // namespace motcua
