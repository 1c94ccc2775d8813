// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <algorithm>
#include <cstdio>
#include <sodium.h>

namespace {

using motcua::cli::Outcome;

void writeLine(std::FILE* stream, const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fputc('\n', stream);
}

/// The answer on standard output, what a person should know on standard error.
void print(const Outcome& outcome, bool json)
{
    if (!outcome.printed) {
        if (outcome.onlyLines) {
            std::fwrite(outcome.text.data(), 1, outcome.text.size(), stdout);
        } else if (json) {
            writeLine(stdout, motcua::dumpJson(outcome.document));
        } else if (!outcome.text.empty()) {
            writeLine(stdout, outcome.text);
        }
    }
    if (!outcome.message.empty()) {
        writeLine(stderr, outcome.message);
    }
}

} // namespace

int main(int count, char** values)
{
    if (sodium_init() < 0) {
        std::fputs("Không khởi động được thư viện mã hóa libsodium. Chưa làm gì cả.\n", stderr);
        return static_cast<int>(motcua::cli::Exit::NotOpened);
    }
    const std::vector<std::string> words(values + 1, values + std::max(count, 1));
    const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
    motcua::cli::Session session;
    const Outcome outcome = motcua::cli::run(session, words);
    print(outcome, json);
    // Whoever reads our answer must not take a cut one for the whole.
    const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    return written ? static_cast<int>(outcome.exit) : static_cast<int>(motcua::cli::Exit::Partly);
}
