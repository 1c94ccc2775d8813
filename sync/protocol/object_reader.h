// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/base/time.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace motcua {

/// Reads an object of an answer member by member: bounded, unknown members ignored. What does not fit is
/// noted once and reading goes on with harmless values; the caller asks isGood() at the end.
class ObjectReader
{
public:
    explicit ObjectReader(const Json& object);

    [[nodiscard]] std::string text(std::string_view member, std::size_t bytesMax);
    /// Missing and null are the same: nothing.
    [[nodiscard]] std::optional<std::string> optionalText(std::string_view member, std::size_t bytesMax);
    [[nodiscard]] std::int64_t integer(std::string_view member, std::int64_t least,
                                       std::int64_t most = std::numeric_limits<std::int64_t>::max());
    [[nodiscard]] std::optional<std::int64_t>
    optionalInteger(std::string_view member, std::int64_t least,
                    std::int64_t most = std::numeric_limits<std::int64_t>::max());
    [[nodiscard]] bool flag(std::string_view member);
    [[nodiscard]] bool optionalFlag(std::string_view member);
    [[nodiscard]] Instant instant(std::string_view member);
    [[nodiscard]] std::optional<Instant> optionalInstant(std::string_view member);
    [[nodiscard]] OpId opId(std::string_view member);
    [[nodiscard]] std::optional<OpId> optionalOpId(std::string_view member);
    [[nodiscard]] Uid uid(std::string_view member);
    [[nodiscard]] std::optional<Uid> optionalUid(std::string_view member);
    [[nodiscard]] Rev rev(std::string_view member);
    [[nodiscard]] std::optional<Rev> optionalRev(std::string_view member);
    /// A hash as 64 lower-case hex digits.
    [[nodiscard]] std::string hash(std::string_view member);
    [[nodiscard]] const Json& array(std::string_view member, std::size_t itemsMax);
    [[nodiscard]] const Json& object(std::string_view member);

    /// Marks the object as not acceptable because of this member.
    void fault(std::string_view member);
    [[nodiscard]] bool isGood() const { return m_fault.empty(); }
    /// The first member that did not fit, for the log.
    [[nodiscard]] const std::string& firstFault() const { return m_fault; }

private:
    const Json& m_object;
    std::string m_fault;
};

} // namespace motcua
