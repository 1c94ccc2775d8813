// SPDX-License-Identifier: GPL-3.0-or-later
// contracts/portal-api.yaml, "Transport": TLS 1.2 or later.
#include "tests/portal/http_world.h"

#include <cstdio>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace motcua;
using namespace motcua::test;

namespace {

/// A certificate for 127.0.0.1, signed by its own key, as two PEM files.
void writeCertificate(const std::string& certificate, const std::string& key)
{
    EVP_PKEY* pair = EVP_EC_gen("P-256");
    X509* x509 = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_set_version(x509, 2);
    X509_gmtime_adj(X509_getm_notBefore(x509), 0);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, pair);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(x509, X509_get_subject_name(x509));
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(x509, names, -1);
    X509_EXTENSION_free(names);
    REQUIRE(X509_sign(x509, pair, EVP_sha256()) > 0);
    std::FILE* file = std::fopen(certificate.c_str(), "w");
    PEM_write_X509(file, x509);
    std::fclose(file);
    file = std::fopen(key.c_str(), "w");
    PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(x509);
    EVP_PKEY_free(pair);
}

} // namespace

TEST_CASE("with a certificate the portal speaks TLS 1.2 or later and nothing else")
{
    const TemporaryFolder folder;
    const std::string certificate = folder.path() + "/cert.pem";
    const std::string key = folder.path() + "/key.pem";
    writeCertificate(certificate, key);
    HttpWorld world({"127.0.0.1", 0, certificate, key});
    CHECK(world.server->url().starts_with("https://127.0.0.1:"));
    world.enrol();
    CHECK(world.pushed(1) == "applied");
    CHECK(world.pushed(1) == "replayed");

    httplib::Client strict(world.server->url());
    strict.set_ca_cert_path(certificate.c_str());
    strict.enable_server_certificate_verification(true);
    CHECK(strict.Get("/v1/changes", world.token())->status == 200);

    httplib::Client plain("http" + world.server->url().substr(5));
    plain.set_read_timeout(5);
    CHECK_FALSE(plain.Get("/v1/changes", world.token()));

    httplib::SSLClient old("127.0.0.1",
                           std::stoi(world.server->url().substr(world.server->url().rfind(':') + 1)));
    old.enable_server_certificate_verification(false);
    SSL_CTX_set_min_proto_version(old.ssl_context(), TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(old.ssl_context(), TLS1_1_VERSION);
    CHECK_FALSE(old.Get("/v1/changes"));
}
