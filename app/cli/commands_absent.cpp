// SPDX-License-Identifier: GPL-3.0-or-later
// Commands of the contract that this version does not have: it says so instead of half doing them.
#include "app/cli/command.h"

namespace motcua::cli {

namespace {

Reply<Outcome> notYet(const char* what)
{
    return misuse(std::string("Bản này chưa có ") + what + ". Chưa làm gì cả; sổ được giữ nguyên.");
}

Reply<Outcome> noProof(Session&, const Arguments&)
{
    return notYet("chứng minh bản sao lưu có sẵn (backup prove)");
}

constexpr std::size_t kAny = Command::kAnyWords;
constexpr std::array kCommands{
    Command{"backup prove", "TỆP", "Chưa có trong bản này.", 0, kAny, {}, noProof},
};

} // namespace

std::span<const Command> absentCommands()
{
    return kCommands;
}

} // namespace motcua::cli
