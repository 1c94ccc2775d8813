// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about text that need no register: amounts in words, search keys, the order of names.
#include "app/cli/command.h"
#include "core/base/text.h"

#include <algorithm>

namespace motcua::cli {

namespace {

Reply<WordStyle> wordStyleOf(const Arguments& arguments)
{
    WordStyle style;
    const std::string zero = arguments.value("zero").value_or("linh");
    const std::string thousand = arguments.value("thousand").value_or("nghìn");
    // A terminal may hand us the marks as letters of their own.
    if (nfc(zero) != "linh" && nfc(zero) != "lẻ") {
        return misuse("--zero là linh hoặc lẻ.");
    }
    if (nfc(thousand) != "nghìn" && nfc(thousand) != "ngàn") {
        return misuse("--thousand là nghìn hoặc ngàn.");
    }
    style.zero = zero == "linh" ? ZeroWord::Linh : ZeroWord::Le;
    style.thousand = nfc(thousand) == "nghìn" ? ThousandWord::Nghin : ThousandWord::Ngan;
    return style;
}

Reply<Outcome> runWords(Session&, const Arguments& arguments)
{
    const WordStyle style = TRY(wordStyleOf(arguments));
    const auto amount = readInteger(arguments.words().front());
    if (!amount) {
        return misuse("Số tiền phải là số nguyên, đơn vị đồng, không có dấu chấm.");
    }
    if (*amount < 0 || *amount > kWordsMax) {
        return misuse("Số tiền phải từ 0 đến 1000000000000000 đồng.");
    }
    Outcome outcome;
    outcome.text = amountInWords(*amount, style);
    outcome.document = {{"words", outcome.text}};
    return outcome;
}

Reply<std::vector<std::string>> inputLines(Session& session)
{
    TRY(session.takeInput());
    std::vector<std::string> lines;
    for (std::string line; session.nextLine(line);) {
        lines.push_back(line);
    }
    return lines;
}

Outcome asLines(const std::vector<std::string>& lines)
{
    Outcome outcome;
    outcome.onlyLines = true;
    for (const std::string& line : lines) {
        outcome.text += line + '\n';
    }
    return outcome;
}

Reply<Outcome> runNameFold(Session& session, const Arguments&)
{
    auto lines = TRY(inputLines(session));
    for (std::string& line : lines) {
        line = fold(line);
    }
    return asLines(lines);
}

Reply<Outcome> runNameSort(Session& session, const Arguments&)
{
    auto lines = TRY(inputLines(session));
    std::stable_sort(lines.begin(), lines.end(),
                     [](const std::string& a, const std::string& b) { return compareNames(a, b) < 0; });
    return asLines(lines);
}

constexpr std::array kCommands{
    Command{"words",
            "SỐ-TIỀN [--zero linh|lẻ] [--thousand nghìn|ngàn]",
            "Đọc số tiền bằng chữ.",
            1,
            1,
            {"zero", "thousand"},
            runWords},
    Command{"name fold", "", "Mỗi dòng một tên: in khóa tìm kiếm không dấu.", 0, 0, {}, runNameFold},
    Command{"name sort", "", "Mỗi dòng một tên: xếp theo tên, họ, chữ đệm.", 0, 0, {}, runNameSort},
};

} // namespace

std::span<const Command> textCommands()
{
    return kCommands;
}

} // namespace motcua::cli
