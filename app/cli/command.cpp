// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <vector>

namespace motcua::cli {

namespace {

std::vector<Command> allCommands()
{
    std::vector<Command> all;
    for (const auto& group :
         {accountCommands(),   catalogueCommands(), textCommands(),   reckonCommands(), cardCommands(),
          intakeCommands(),    dossierCommands(),   actCommands(),    queueCommands(),  conflictCommands(),
          portalCommands(),    courierCommands(),   paperCommands(),  peopleCommands(), reportCommands(),
          dayCommands(),       careCommands(),      batchCommands(),  bookCommands(),   bookPassCommands(),
          bookPrintCommands(), sampleCommands(),    ledgerCommands(), absentCommands()}) {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

const std::vector<Command>& commands()
{
    static const std::vector<Command> all = allCommands();
    return all;
}

const Command* find(std::string_view name)
{
    for (const Command& command : commands()) {
        if (command.name == name) {
            return &command;
        }
    }
    return nullptr;
}

struct Found
{
    const Command* command = nullptr;
    std::size_t words = 0; ///< that its name has
};

Found commandOf(const std::vector<std::string>& words)
{
    if (words.size() >= 2) {
        if (const Command* command = find(words[0] + ' ' + words[1])) {
            return {command, 2};
        }
    }
    return {find(words.front()), 1};
}

Reply<Outcome> runFound(Session& session, const Command& command, const Arguments& arguments)
{
    TRY(arguments.expectOptions(command.options));
    TRY(arguments.expectWords(command.wordsLeast, command.wordsMost));
    TRY(session.checkPractice(command.name, arguments));
    return command.run(session, arguments);
}

std::string usageOf(const Command& command)
{
    return "motcuactl " + std::string(command.name) + ' ' + std::string(command.usage);
}

Outcome runNamed(Session& session, Arguments& arguments)
{
    const Found found = commandOf(arguments.words());
    if (found.command == nullptr) {
        return toOutcome(
            misuse("Không có lệnh " + arguments.words().front() + ". Xem motcuactl --help.").value());
    }
    arguments.dropWords(found.words);
    auto outcome = runFound(session, *found.command, arguments);
    if (outcome) {
        return std::move(*outcome);
    }
    Failure& failure = outcome.error();
    if (failure.exit == Exit::Usage) {
        failure.message += "\nCách dùng: " + usageOf(*found.command);
    }
    return toOutcome(std::move(failure));
}

} // namespace

Outcome run(Session& session, Arguments arguments)
{
    if (arguments.has("help") || (!arguments.words().empty() && arguments.words().front() == "help")) {
        Outcome outcome;
        outcome.text = help();
        outcome.document = {{"help", outcome.text}};
        return outcome;
    }
    if (arguments.words().empty()) {
        return toOutcome(misuse("Thiếu lệnh.\n\n" + help()).value());
    }
    return runNamed(session, arguments);
}

Outcome run(Session& session, const std::vector<std::string>& words)
{
    auto arguments = Arguments::parse(words);
    if (!arguments) {
        return toOutcome(std::move(arguments.error()));
    }
    return run(session, std::move(*arguments));
}

std::string help()
{
    std::string text = "motcuactl [--register DIR] [--user NAME --password-file FILE] [--json] LỆNH …\n"
                       "Biến môi trường: MOTCUA_REGISTER, MOTCUA_USER, MOTCUA_PASSWORD_FILE.\n"
                       "Mã kết thúc: 0 xong, 1 quy định không cho phép, 2 dùng sai, 3 không mở được sổ,\n"
                       "4 không tới được cổng, 5 xong một phần.\n";
    for (const Command& command : commands()) {
        text += "\n  " + std::string(command.name) + ' ' + std::string(command.usage) + "\n      " +
                std::string(command.about) + '\n';
    }
    text += "\nChỉ sổ thực hành: --at THỜI-ĐIỂM, --seed N, --backoff-base MS. Chờ sổ đang mở: --lock-timeout "
            "GIÂY.";
    return text;
}

} // namespace motcua::cli
