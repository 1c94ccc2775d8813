// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"

#include <string>
#include <tl/expected.hpp>

namespace motcua::cli {

/// The exit statuses of contracts/cli.md.
enum class Exit
{
    Done = 0,
    Refused = 1,   ///< by a rule, nothing written
    Usage = 2,     ///< wrong usage
    NotOpened = 3, ///< the register cannot be opened, or its disk failed
    Portal = 4,    ///< the portal could not be reached or is not the portal
    Partly = 5,    ///< done in part
};

/// What a command that ran to its end has to say.
struct Outcome
{
    Json document = Json::object(); ///< standard output with --json
    std::string text; ///< standard output without: lines for a person, without the last line feed
    Exit exit = Exit::Done;
    std::string message;    ///< standard error, for a person; empty when there is nothing to say
    bool onlyLines = false; ///< the command's output is its text, with and without --json
    bool printed = false;   ///< everything went out line by line already
};

/// Why a command did not run to its end; nothing was written.
struct Failure
{
    Exit exit = Exit::Refused;
    Json document = Json::object();
    std::string message; ///< what happened, what is safe, what to do next

    Failure(Exit status, Json json, std::string sentence)
        : exit(status), document(std::move(json)), message(std::move(sentence))
    {}
    Failure(const Error& error);     // NOLINT: TRY turns an Error into a Failure
    Failure(const Refusal& refusal); // NOLINT: and a Refusal
};

template<class T> using Reply = tl::expected<T, Failure>;

/// Wrong usage: exit 2.
[[nodiscard]] tl::unexpected<Failure> misuse(const std::string& sentence);
/// A rule of the command line itself says no: exit 1, one problem.
[[nodiscard]] tl::unexpected<Failure> forbidden(const std::string& rule, const std::string& sentence,
                                                const std::string& pointer = {});
/// The register was not opened: exit 3.
[[nodiscard]] Failure notOpened(const Error& error);

/// A failure is also an outcome: what is printed in the end.
[[nodiscard]] Outcome toOutcome(Failure failure);

[[nodiscard]] Json toJson(const Problem& problem);
[[nodiscard]] Json toJson(const Problems& problems);
/// One line a problem.
[[nodiscard]] std::string toText(const Problems& problems);

} // namespace motcua::cli
