// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/outcome.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace motcua::cli {

/// What was written behind the program's name, divided into words and options. Options may stand anywhere;
/// what takes a value takes the next word whatever it looks like, or the rest behind the first `=`; behind
/// `--` everything is a word. Common options and those of all commands come from one table, since an option's
/// form must be known before its command is.
class Arguments
{
public:
    /// Errors are wrong usage: an unknown option, a missing value, two different values of one option.
    [[nodiscard]] static Reply<Arguments> parse(const std::vector<std::string>& words);

    [[nodiscard]] const std::vector<std::string>& words() const { return m_words; }
    [[nodiscard]] bool has(std::string_view option) const { return m_values.contains(std::string(option)); }
    /// The option's value; nothing when it was not given.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    /// Wrong usage when it was not given or is empty.
    [[nodiscard]] Reply<std::string> required(std::string_view option) const;
    /// All values of an option that may be repeated.
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;

    /// A whole number within the bounds; wrong usage otherwise.
    [[nodiscard]] Reply<std::optional<std::int64_t>> integer(std::string_view option, std::int64_t least,
                                                             std::int64_t most) const;
    [[nodiscard]] Reply<std::optional<Instant>> instant(std::string_view option) const;
    [[nodiscard]] Reply<std::optional<Day>> day(std::string_view option) const;

    /// Takes the words that name the command away, so that what is left is what it acts on.
    void dropWords(std::size_t count);
    /// Wrong usage unless there are between `least` and `most` words left.
    [[nodiscard]] Reply<void> expectWords(std::size_t least, std::size_t most) const;
    /// Wrong usage when an option was given that is neither common nor in `allowed`.
    [[nodiscard]] Reply<void> expectOptions(std::span<const std::string_view> allowed) const;

    /// Options of `other` that are not given here: what stands before `batch` holds for each of its lines.
    void inherit(const Arguments& other);

private:
    [[nodiscard]] Reply<void> take(std::string_view option, std::optional<std::string> value);

    std::vector<std::string> m_words;
    std::map<std::string, std::vector<std::string>> m_values; ///< an option without a value: an empty list
};

/// A number as somebody types it: digits only, with a sign where negative ones make sense.
[[nodiscard]] std::optional<std::int64_t> readInteger(std::string_view text);

} // namespace motcua::cli
