// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/world_portal.h"

namespace motcua {

namespace {

std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            plain += fromHex(text.substr(i + 1, 2)).value_or("?");
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::multimap<std::string, std::string> queryOf(std::string_view text)
{
    std::multimap<std::string, std::string> query;
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        const auto sign = std::min(pair.find('='), pair.size());
        query.emplace(decoded(pair.substr(0, sign)), decoded(pair.substr(std::min(sign + 1, pair.size()))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return query;
}

portal::HttpAsk askOf(const Request& request)
{
    const std::string_view path = request.path;
    const auto sign = path.find('?');
    portal::HttpAsk ask;
    ask.method = request.method;
    ask.path = std::string(path.substr(0, sign));
    ask.query = queryOf(sign == std::string_view::npos ? std::string_view() : path.substr(sign + 1));
    ask.header = [&request](const std::string& name) -> std::optional<std::string> {
        const auto value = headerOf(request.headers, name);
        return value ? std::optional(std::string(*value)) : std::nullopt;
    };
    ask.readBody = [&request](std::size_t bytesMax) {
        const bool fits = request.body.size() <= bytesMax;
        return portal::BodyRead{request.body.substr(0, bytesMax),
                                fits ? portal::BodyEnd::Whole : portal::BodyEnd::TooLarge};
    };
    return ask;
}

} // namespace

WorldPortal::WorldPortal(std::uint64_t seed) : random(seed)
{
    m_side = std::make_unique<portal::Portal>(open());
    require(m_side->keys().addUnit({"H26.131", "UBND xã Phúc Thọ"}).has_value(), "a unit is added");
    start();
}

portal::Portal WorldPortal::open()
{
    auto opened = portal::Portal::open(m_home.path().string(), clock, random);
    require(opened.has_value(), opened ? "" : opened.error().detail.c_str());
    return std::move(*opened);
}

void WorldPortal::start()
{
    if (!m_api) {
        m_api = std::make_unique<portal::PortalApi>(
            open(), portal::BlobStore((m_home.path() / "blobs").string()), clock);
    }
}

void WorldPortal::kill()
{
    m_api.reset();
}

Reply WorldPortal::handle(const Request& request)
{
    if (!m_api) {
        return {Failure::Refused, 0, {}, {}, "the portal is down"};
    }
    std::optional<std::int64_t> postpone;
    if (postponed > 0 && request.path == "/v1/ops") {
        --postponed;
        postpone = 5;
    }
    auto answer = m_api->handle(askOf(request), postpone);
    Reply reply;
    reply.status = answer.status;
    reply.headers = std::move(answer.headers);
    reply.headers.emplace_back("Content-Type", answer.contentType);
    reply.body = std::move(answer.body);
    return reply;
}

std::string WorldPortal::newCode() const
{
    const auto code = m_side->keys().newEnrolmentCode("H26.131");
    require(code.has_value(), "a code is given");
    return *code;
}

std::vector<portal::StoredDossier> WorldPortal::dossiers() const
{
    auto all = m_side->dossiers().allDossiers();
    require(all.has_value(), "the portal's dossiers are read");
    return std::move(*all);
}

std::optional<portal::StoredDossier> WorldPortal::dossier(const std::string& uid) const
{
    auto found = m_side->dossiers().findDossier(Uid(uid));
    require(found.has_value(), "the portal's dossier is read");
    return std::move(*found);
}

std::optional<portal::StoredOp> WorldPortal::operation(const std::string& op) const
{
    auto found = m_side->dossiers().findOp(OpId(op));
    require(found.has_value(), "the portal's operation is read");
    return std::move(*found);
}

} // namespace motcua
