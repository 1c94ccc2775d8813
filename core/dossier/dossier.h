// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/time.h"
#include "core/dossier/schema.h"
#include "core/dossier/status.h"

#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace motcua {

/// A dossier that keeps the contract's schema. Holds the JSON as it is; the functions read what the
/// program needs by name. There is no other way to make one than through validation.
class Dossier
{
public:
    [[nodiscard]] static tl::expected<Dossier, Problems> fromJson(Json json,
                                                                  SchemaRules rules = kContractRules);

    [[nodiscard]] const Json& json() const { return m_json; }

    [[nodiscard]] std::string code() const { return stringAt(m_json, "code"); }
    [[nodiscard]] std::string procedure() const { return stringAt(m_json, "procedure"); }
    [[nodiscard]] std::string channel() const { return stringAt(m_json, "channel"); }
    [[nodiscard]] std::string catalogue() const { return stringAt(m_json, "catalogue"); }
    [[nodiscard]] std::string applicantName() const { return stringAt(applicant(), "name"); }
    [[nodiscard]] std::optional<std::string> officialCode() const;
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] Instant receivedAt() const { return m_receivedAt; }
    [[nodiscard]] std::optional<Instant> dueAt() const { return instantAt("dueAt"); }
    [[nodiscard]] std::optional<Instant> finishedAt() const { return instantAt("finishedAt"); }
    [[nodiscard]] std::optional<Instant> returnedAt() const { return instantAt("returnedAt"); }
    [[nodiscard]] const Json& applicant() const { return at(m_json, "applicant"); }
    [[nodiscard]] const Json& form() const { return at(m_json, "form"); }
    [[nodiscard]] const Json& components() const { return at(m_json, "components"); }
    [[nodiscard]] const Json& results() const { return at(m_json, "results"); }
    [[nodiscard]] const Json& fees() const { return at(m_json, "fees"); }

private:
    Dossier(Json json, Status status, Instant receivedAt);
    [[nodiscard]] std::optional<Instant> instantAt(std::string_view member) const;

    Json m_json;
    Status m_status;
    Instant m_receivedAt;
};

} // namespace motcua
