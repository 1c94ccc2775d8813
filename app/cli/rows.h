// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/outcome.h"

namespace motcua::cli {

// How what the core hands out stands in the JSON of contracts/cli.md, and in a line for a person.

[[nodiscard]] Json instantOrNull(const std::optional<Instant>& instant);
[[nodiscard]] Json textOrNull(const std::optional<std::string>& text);

/// A hit of `find`.
[[nodiscard]] Json hitToJson(const DossierRow& row);
/// A row of `list`: a hit with dueAt and clientRef.
[[nodiscard]] Json rowToJson(const DossierRow& row);
[[nodiscard]] std::string rowToText(const DossierRow& row);

[[nodiscard]] Json operationToJson(const QueuedOperation& operation);
[[nodiscard]] std::string operationToText(const QueuedOperation& operation);
/// What a state means to an official, Vietnamese.
[[nodiscard]] std::string_view stateLabel(OpState state);

/// What an act that went into the queue answers: {uid, op}.
[[nodiscard]] Outcome actedOutcome(const Acted& acted);

/// Adds a line to a text that has no line feed at its end.
void addLine(std::string& text, const std::string& line);

/// VALUE of the command line: JSON where it parses, else text.
[[nodiscard]] Json valueOf(const std::string& text);
/// "POINTER=VALUE" at its first `=`; wrong usage without one.
struct Assignment
{
    std::string pointer;
    std::string value;
};
[[nodiscard]] Reply<Assignment> assignmentOf(const std::string& text, std::string_view option);

} // namespace motcua::cli
