// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/problem.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// The names of the contract's problems, in its order.
enum class ProblemType
{
    BadRequest,
    DigestMismatch,
    Unsupported,
    NotEnrolled,
    Revoked,
    UnknownCode,
    ExpiredCode,
    CodeUsed,
    SlotUsed,
    ClientTooOld,
    TooLarge,
    Busy,
    NotFound,
    DossierGone,
    CursorGone,
    WrongOffset,
    RevMismatch,
    NumberTaken,
    UidTaken,
    AlreadyApplied,
    InvalidFields,
    IllegalMove,
    ChainFork,
};

/// "rev-mismatch".
[[nodiscard]] std::string_view problemName(ProblemType type);
/// "urn:motcua:problem:rev-mismatch", as it stands in `type` and in a receipt's `problem`.
[[nodiscard]] std::string problemUrn(ProblemType type);
/// Reads both forms.
[[nodiscard]] std::optional<ProblemType> parseProblemType(std::string_view text);
/// The HTTP status that goes with it where the contract leaves only one.
[[nodiscard]] int httpStatusOf(ProblemType type);

/// One `fields` entry of a problem.
struct ProblemField
{
    std::string pointer;
    std::string message;
    bool operator==(const ProblemField&) const = default;
};

/// application/problem+json (RFC 9457) as the contract uses it.
struct ProblemDetails
{
    ProblemType type = ProblemType::BadRequest;
    std::string title;
    std::string detail;
    std::vector<ProblemField> fields;
    bool operator==(const ProblemDetails&) const = default;
};

/// With the title that belongs to the type, in Vietnamese.
[[nodiscard]] ProblemDetails problemOf(ProblemType type, std::string detail = {});
/// invalid-fields with one entry a problem, at most 100.
[[nodiscard]] ProblemDetails invalidFields(const Problems& problems);

[[nodiscard]] Json toJson(const ProblemDetails& problem);
/// Long texts are cut, unknown members ignored; an unknown type or another shape is an error.
[[nodiscard]] Result<ProblemDetails> problemFromJson(const Json& json);

} // namespace motcua
