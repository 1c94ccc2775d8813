// SPDX-License-Identifier: GPL-3.0-or-later
// Many commands by one program start; the register stays open from line to line.
#include "app/cli/command.h"

namespace motcua::cli {

namespace {

Reply<std::vector<std::string>> wordsOf(const std::string& line)
{
    const auto json = parseJson(line);
    if (!json || !json->is_array()) {
        return misuse("Mỗi dòng của batch là một mảng JSON gồm các tham số dạng chữ.");
    }
    std::vector<std::string> words;
    for (const Json& word : *json) {
        if (!word.is_string()) {
            return misuse("Mỗi tham số trong dòng của batch phải là chữ (chuỗi JSON).");
        }
        words.push_back(word.get<std::string>());
    }
    return words;
}

Outcome runLine(Session& session, const std::string& line, const Arguments& common)
{
    auto words = wordsOf(line);
    if (!words) {
        return toOutcome(std::move(words.error()));
    }
    auto arguments = Arguments::parse(*words);
    if (!arguments) {
        return toOutcome(std::move(arguments.error()));
    }
    arguments->inherit(common);
    return run(session, std::move(*arguments));
}

Json answerOf(Outcome outcome)
{
    Json answer =
        outcome.document.is_object() ? std::move(outcome.document) : Json{{"answer", outcome.document}};
    answer["exit"] = static_cast<int>(outcome.exit);
    if (!outcome.message.empty()) {
        answer.emplace("message", outcome.message);
    }
    return answer;
}

Reply<Outcome> runBatch(Session& session, const Arguments& arguments)
{
    TRY(session.takeInput());
    for (std::string line; session.nextLine(line);) {
        if (line.find_first_not_of(" \t") == std::string::npos) {
            continue;
        }
        session.answer(dumpJson(answerOf(runLine(session, line, arguments))));
    }
    Outcome outcome; // every line carries its own exit status
    outcome.printed = true;
    return outcome;
}

constexpr std::array kCommands{
    Command{"batch",
            "",
            "Mỗi dòng vào là một mảng JSON các tham số; mỗi dòng ra là {exit, …}.",
            0,
            0,
            {},
            runBatch},
};

} // namespace

std::span<const Command> batchCommands()
{
    return kCommands;
}

} // namespace motcua::cli
