// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/outcome.h"
#include "app/cli/session.h"

#include <array>
#include <span>
#include <string_view>

namespace motcua::cli {

/// One row of the command line. Its words and options are checked before it runs.
struct Command
{
    static constexpr std::size_t kAnyWords = 64;

    std::string_view name;  ///< one word or two: "show", "user add"
    std::string_view usage; ///< what follows the name, for the help
    std::string_view about; ///< what it does, Vietnamese
    std::size_t wordsLeast;
    std::size_t wordsMost;
    std::array<std::string_view, 8> options; ///< beside the common ones
    Reply<Outcome> (*run)(Session& session, const Arguments& arguments);
};

// One function a file of commands.
[[nodiscard]] std::span<const Command> accountCommands();
[[nodiscard]] std::span<const Command> catalogueCommands();
[[nodiscard]] std::span<const Command> textCommands();
[[nodiscard]] std::span<const Command> reckonCommands();
[[nodiscard]] std::span<const Command> cardCommands();
[[nodiscard]] std::span<const Command> intakeCommands();
[[nodiscard]] std::span<const Command> dossierCommands();
[[nodiscard]] std::span<const Command> actCommands();
[[nodiscard]] std::span<const Command> queueCommands();
[[nodiscard]] std::span<const Command> conflictCommands();
[[nodiscard]] std::span<const Command> portalCommands();
[[nodiscard]] std::span<const Command> courierCommands();
[[nodiscard]] std::span<const Command> paperCommands();
[[nodiscard]] std::span<const Command> peopleCommands();
[[nodiscard]] std::span<const Command> reportCommands();
[[nodiscard]] std::span<const Command> dayCommands();
[[nodiscard]] std::span<const Command> careCommands();
[[nodiscard]] std::span<const Command> batchCommands();
[[nodiscard]] std::span<const Command> bookCommands();
[[nodiscard]] std::span<const Command> bookPassCommands();
[[nodiscard]] std::span<const Command> bookPrintCommands();
[[nodiscard]] std::span<const Command> sampleCommands();
[[nodiscard]] std::span<const Command> ledgerCommands();
[[nodiscard]] std::span<const Command> absentCommands();

/// Finds the command and runs it. `arguments` are those of one call or one line of a batch.
[[nodiscard]] Outcome run(Session& session, Arguments arguments);
/// The same from the bare words.
[[nodiscard]] Outcome run(Session& session, const std::vector<std::string>& words);
/// All commands with their usage.
[[nodiscard]] std::string help();

} // namespace motcua::cli
