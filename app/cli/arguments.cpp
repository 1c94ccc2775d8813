// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace motcua::cli {

namespace {

enum class Form
{
    Flag,   ///< no value
    Value,  ///< one value
    Values, ///< one value each time, may be repeated
};

struct Option
{
    std::string_view name;
    Form form;
    bool common = false; ///< goes with every command
};

constexpr bool kCommon = true;

constexpr std::array kOptions{
    Option{"register", Form::Value, kCommon},
    Option{"user", Form::Value, kCommon},
    Option{"year", Form::Value},
    Option{"password-file", Form::Value, kCommon},
    Option{"json", Form::Flag, kCommon},
    Option{"at", Form::Value, kCommon},
    Option{"lock-timeout", Form::Value, kCommon},
    Option{"seed", Form::Value, kCommon},
    Option{"backoff-base", Form::Value, kCommon},
    Option{"help", Form::Flag, kCommon},

    Option{"admin", Form::Value},
    Option{"after", Form::Value},
    Option{"again", Form::Flag},
    Option{"all", Form::Flag},
    Option{"basis", Form::Value},
    Option{"ca", Form::Value},
    Option{"cancelled", Form::Value},
    Option{"channel", Form::Value},
    Option{"check", Form::Flag},
    Option{"code", Form::Value},
    Option{"content", Form::Value},
    Option{"copies", Form::Value},
    Option{"count", Form::Value},
    Option{"date", Form::Value},
    Option{"days", Form::Value},
    Option{"due-before", Form::Value},
    Option{"epoch", Form::Value},
    Option{"event", Form::Value},
    Option{"extended", Form::Flag},
    Option{"file", Form::Value},
    Option{"finding", Form::Value},
    Option{"format", Form::Value},
    Option{"from", Form::Value},
    Option{"full", Form::Flag},
    Option{"full-name", Form::Value},
    Option{"into", Form::Value},
    Option{"issuer", Form::Value},
    Option{"last", Form::Value},
    Option{"late", Form::Flag},
    Option{"limit", Form::Value},
    Option{"list", Form::Flag},
    Option{"map", Form::Value},
    Option{"new-password-file", Form::Value},
    Option{"note", Form::Value},
    Option{"on", Form::Value},
    Option{"once", Form::Flag},
    Option{"out", Form::Value},
    Option{"page", Form::Value},
    Option{"pages", Form::Value},
    Option{"pages-before", Form::Value},
    Option{"paper", Form::Value},
    Option{"performer", Form::Value},
    Option{"papers", Form::Value},
    Option{"portal", Form::Value},
    Option{"practice", Form::Flag},
    Option{"printer", Form::Value},
    Option{"procedure", Form::Value},
    Option{"quick-keys", Form::Flag},
    Option{"reason", Form::Value},
    Option{"received", Form::Value},
    Option{"requester-signed", Form::Flag},
    Option{"role", Form::Value},
    Option{"series", Form::Value},
    Option{"set", Form::Values},
    Option{"signer", Form::Value},
    Option{"slot", Form::Value},
    Option{"status", Form::Value},
    Option{"stream", Form::Flag},
    Option{"suspend", Form::Values},
    Option{"take", Form::Values},
    Option{"thousand", Form::Value},
    Option{"timeout", Form::Value},
    Option{"title", Form::Value},
    Option{"to", Form::Value},
    Option{"together", Form::Flag},
    Option{"type", Form::Value},
    Option{"unit", Form::Value},
    Option{"unit-name", Form::Value},
    Option{"until-empty", Form::Flag},
    Option{"variant", Form::Value},
    Option{"volume", Form::Value},
    Option{"volume-bytes", Form::Value},
    Option{"waiver", Form::Value},
    Option{"year", Form::Value},
    Option{"zero", Form::Value},
};

const Option* find(std::string_view name)
{
    const auto* found =
        std::find_if(kOptions.begin(), kOptions.end(), [&](const Option& o) { return o.name == name; });
    return found == kOptions.end() ? nullptr : found;
}

std::string dashed(std::string_view option)
{
    return "--" + std::string(option);
}

} // namespace

std::optional<std::int64_t> readInteger(std::string_view text)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

namespace {

/// Everything that comes in is stored or shown as text: bytes that are none are refused at the door. (Written
/// as JSON, what is no UTF-8 is replaced, and so comes back as something else.)
bool isText(const std::string& word)
{
    const auto back = parseJson(dumpJson(Json(word)));
    return back && *back == word && word.find('\0') == std::string::npos;
}

} // namespace

Reply<Arguments> Arguments::parse(const std::vector<std::string>& words)
{
    if (!std::all_of(words.begin(), words.end(), isText)) {
        return misuse("Có tham số không phải là chữ Unicode (UTF-8).");
    }
    Arguments arguments;
    bool onlyWords = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (onlyWords || !word.starts_with("--")) {
            arguments.m_words.push_back(word);
            continue;
        }
        if (word == "--") {
            onlyWords = true;
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const Option* option = find(name);
        if (option == nullptr) {
            return misuse("Không có tùy chọn " + dashed(name) + ". Xem motcuactl --help.");
        }
        std::optional<std::string> value;
        if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        } else if (option->form != Form::Flag) {
            if (i + 1 == words.size()) {
                return misuse("Tùy chọn " + dashed(name) + " thiếu giá trị.");
            }
            value = words[++i];
        }
        TRY(arguments.take(name, std::move(value)));
    }
    return arguments;
}

Reply<void> Arguments::take(std::string_view option, std::optional<std::string> value)
{
    const Option* known = find(option);
    if (known->form == Form::Flag) {
        if (value) {
            return misuse("Tùy chọn " + dashed(option) + " không nhận giá trị.");
        }
        m_values.try_emplace(std::string(option));
        return {};
    }
    auto& values = m_values[std::string(option)];
    if (known->form == Form::Value && !values.empty()) {
        if (values.front() != *value) {
            return misuse("Tùy chọn " + dashed(option) + " được ghi hai lần với hai giá trị khác nhau.");
        }
        return {};
    }
    values.push_back(std::move(*value));
    return {};
}

std::optional<std::string> Arguments::value(std::string_view option) const
{
    const auto found = m_values.find(std::string(option));
    if (found == m_values.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second.front();
}

Reply<std::string> Arguments::required(std::string_view option) const
{
    auto given = value(option);
    if (!given || given->empty()) {
        return misuse("Thiếu " + dashed(option) + ".");
    }
    return *given;
}

std::vector<std::string> Arguments::values(std::string_view option) const
{
    const auto found = m_values.find(std::string(option));
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

Reply<std::optional<std::int64_t>> Arguments::integer(std::string_view option, std::int64_t least,
                                                      std::int64_t most) const
{
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    const auto number = readInteger(*text);
    if (!number || *number < least || *number > most) {
        return misuse(dashed(option) + " phải là số nguyên từ " + std::to_string(least) + " đến " +
                      std::to_string(most) + ".");
    }
    return number;
}

Reply<std::optional<Instant>> Arguments::instant(std::string_view option) const
{
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    const auto moment = parseRfc3339(*text);
    if (!moment) {
        return misuse(dashed(option) +
                      " phải là thời điểm theo RFC 3339 có múi giờ, ví dụ 2026-11-21T08:00:00+07:00.");
    }
    return *moment;
}

Reply<std::optional<Day>> Arguments::day(std::string_view option) const
{
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    const auto read = parseIsoDay(*text);
    if (!read) {
        return misuse(dashed(option) + " phải là ngày dạng 2026-11-21.");
    }
    return *read;
}

void Arguments::dropWords(std::size_t count)
{
    m_words.erase(m_words.begin(),
                  m_words.begin() + static_cast<std::ptrdiff_t>(std::min(count, m_words.size())));
}

Reply<void> Arguments::expectWords(std::size_t least, std::size_t most) const
{
    if (m_words.size() < least) {
        return misuse("Lệnh còn thiếu tham số.");
    }
    if (m_words.size() > most) {
        return misuse("Thừa tham số: " + m_words[most] + ".");
    }
    return {};
}

Reply<void> Arguments::expectOptions(std::span<const std::string_view> allowed) const
{
    for (const auto& [name, values] : m_values) {
        const Option* option = find(name);
        if (!option->common && std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
            return misuse("Lệnh này không có tùy chọn " + dashed(name) + ".");
        }
    }
    return {};
}

void Arguments::inherit(const Arguments& other)
{
    for (const auto& [name, values] : other.m_values) {
        m_values.try_emplace(name, values);
    }
}

} // namespace motcua::cli
