// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/dossier.h"

#include "core/base/check.h"

namespace motcua {

Dossier::Dossier(Json json, Status status, Instant receivedAt)
    : m_json(std::move(json)), m_status(status), m_receivedAt(receivedAt)
{}

tl::expected<Dossier, Problems> Dossier::fromJson(Json json, SchemaRules rules)
{
    Problems problems = validateDossier(json, rules);
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    const auto status = parseStatus(stringAt(json, "status"));
    const auto receivedAt = parseRfc3339(stringAt(json, "receivedAt"));
    require(status && receivedAt, "a valid dossier has a status and an instant of receipt");
    return Dossier(std::move(json), *status, *receivedAt);
}

std::optional<std::string> Dossier::officialCode() const
{
    const Json& value = at(m_json, "officialCode");
    return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

std::optional<Instant> Dossier::instantAt(std::string_view member) const
{
    const auto instant = parseRfc3339(stringAt(m_json, member));
    return instant ? std::optional(*instant) : std::nullopt;
}

} // namespace motcua
