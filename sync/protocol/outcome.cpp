// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/outcome.h"

#include <array>

namespace motcua {

namespace {

struct Name
{
    Outcome outcome;
    std::string_view name;
};

constexpr std::array kNames{
    Name{Outcome::Applied, "applied"},   Name{Outcome::Replayed, "replayed"},
    Name{Outcome::Conflict, "conflict"}, Name{Outcome::Rejected, "rejected"},
    Name{Outcome::Mismatch, "mismatch"}, Name{Outcome::Cancelled, "cancelled"},
    Name{Outcome::Blocked, "blocked"},   Name{Outcome::Later, "later"},
    Name{Outcome::Unknown, "unknown"},
};

} // namespace

std::string_view outcomeName(Outcome outcome)
{
    return kNames[static_cast<std::size_t>(outcome)].name;
}

std::optional<Outcome> parseOutcome(std::string_view name)
{
    for (const Name& entry : kNames) {
        if (entry.name == name) {
            return entry.outcome;
        }
    }
    return std::nullopt;
}

std::optional<Outcome> provenOutcome(Outcome answered)
{
    switch (answered) {
    case Outcome::Applied:
    case Outcome::Replayed:
        return Outcome::Applied;
    case Outcome::Conflict:
    case Outcome::Rejected:
    case Outcome::Mismatch:
    case Outcome::Cancelled:
        return answered;
    case Outcome::Blocked:
    case Outcome::Later:
    case Outcome::Unknown:
        break;
    }
    return std::nullopt;
}

} // namespace motcua
