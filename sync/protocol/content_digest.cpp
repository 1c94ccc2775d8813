// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/content_digest.h"

#include "core/base/hash.h"

namespace motcua {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

} // namespace

std::string contentDigest(std::string_view body)
{
    return "sha-256=:" + toBase64(bytesOf(sha256(body))) + ":";
}

// A dictionary of structured fields (RFC 8941): members divided by commas, byte sequences between colons;
// neither a comma nor a semicolon can stand inside base64, so dividing by them is exact here.
std::optional<std::string> sha256OfContentDigest(std::string_view header)
{
    constexpr std::string_view kName = "sha-256=";
    std::optional<std::string> found;
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        std::string_view member = trimmed(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        if (!member.starts_with(kName)) {
            continue;
        }
        member = trimmed(member.substr(kName.size(), member.find(';') - kName.size()));
        if (member.size() < 2 || member.front() != ':' || member.back() != ':') {
            return std::nullopt;
        }
        found = fromBase64(member.substr(1, member.size() - 2)); // the last of a repeated key counts
        if (!found || found->size() != 32) {
            return std::nullopt;
        }
    }
    return found;
}

} // namespace motcua
