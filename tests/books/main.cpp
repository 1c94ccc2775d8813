// SPDX-License-Identifier: GPL-3.0-or-later
// motcua-books: random sequences of register acts on two counters with the book passing between them.
#include "tests/books/book_play.h"

#include <charconv>
#include <chrono>
#include <iostream>
#include <map>
#include <span>
#include <string>

namespace {

using namespace motcua;

struct Options
{
    std::int64_t sequences = 1'000;
    std::int64_t steps = 25;
    std::uint64_t seed = 1;
    BookMutant mutant = BookMutant::None;
    bool tell = false;
    bool isWrong = false;
};

std::int64_t numberIn(const std::string& text, bool& isWrong)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    isWrong = isWrong || read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 0;
    return number;
}

Options optionsFrom(std::span<char*> arguments)
{
    Options options;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string name = arguments[i];
        if (name == "--tell") {
            options.tell = true;
            continue;
        }
        if (++i == arguments.size()) {
            options.isWrong = true;
            break;
        }
        const std::string value = arguments[i];
        if (name == "--mutant") {
            const auto mutant = parseBookMutant(value);
            options.mutant = mutant.value_or(BookMutant::None);
            options.isWrong = options.isWrong || !mutant;
        } else if (name == "--sequences") {
            options.sequences = numberIn(value, options.isWrong);
        } else if (name == "--steps") {
            options.steps = numberIn(value, options.isWrong);
        } else if (name == "--seed") {
            options.seed = static_cast<std::uint64_t>(numberIn(value, options.isWrong));
        } else {
            options.isWrong = true;
        }
    }
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    const Options options = optionsFrom({argv, static_cast<std::size_t>(argc)});
    if (options.isWrong) {
        std::cerr << "motcua-books [--sequences N] [--steps N] [--seed S] [--mutant holder|commit|paper] "
                     "[--tell]\n";
        return 2;
    }
    const auto begun = std::chrono::steady_clock::now();
    std::int64_t numbers = 0;
    std::int64_t passes = 0;
    std::int64_t refused = 0;
    std::int64_t red = 0;
    for (std::int64_t i = 0; i < options.sequences; ++i) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(i);
        BookPlay play(seed, options.mutant, options.tell);
        const std::string wrong = play.run(static_cast<int>(options.steps));
        numbers += play.signedNumbers();
        passes += play.passed();
        refused += play.refused();
        if (!wrong.empty() && ++red <= 5) {
            std::cout << "red: --seed " << seed << " --sequences 1 --tell: " << wrong << std::endl;
        }
    }
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun).count();
    std::cout << "sequences " << options.sequences << " numbers " << numbers << " passed on " << passes
              << " refused " << refused << " red " << red << " seconds " << seconds << '\n';
    return red == 0 ? 0 : 1;
}
