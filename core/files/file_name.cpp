// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_name.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kTakenLettersMax = 200;
constexpr std::size_t kExportBytesMax = 120;
constexpr int kNumbersMax = 1000;
constexpr const char* kNameless = "giay-to";

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// At most so many bytes, cut between two letters.
std::string_view cutBytes(std::string_view text, std::size_t most)
{
    if (text.size() <= most) {
        return text;
    }
    while (most > 0 && isContinuation(text[most])) {
        --most;
    }
    return text.substr(0, most);
}

std::string_view cutLetters(std::string_view text, std::size_t most)
{
    std::size_t letters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!isContinuation(text[i]) && letters++ == most) {
            return text.substr(0, i);
        }
    }
    return text;
}

std::size_t lettersIn(std::string_view text)
{
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isContinuation));
}

std::string lower(std::string_view text)
{
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return low;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kAtNoEnd = ". ";
    const std::size_t first = text.find_first_not_of(kAtNoEnd);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kAtNoEnd) - first + 1);
}

/// Without a suffix that belongs to one of our kinds, so that the right one can be put there.
std::string_view withoutSuffix(std::string_view name)
{
    constexpr std::array<std::string_view, 5> kSuffixes{".pdf", ".jpg", ".jpeg", ".png", ".jfif"};
    const std::string low = lower(name);
    for (const std::string_view suffix : kSuffixes) {
        if (low.ends_with(suffix)) {
            return name.substr(0, name.size() - suffix.size());
        }
    }
    return name;
}

/// Windows takes these for devices, with any suffix (and so would a stick that goes there).
bool isDevice(std::string_view stem)
{
    const std::string low = lower(stem.substr(0, std::min(stem.find('.'), stem.size())));
    constexpr std::array<std::string_view, 6> kDevices{"con", "prn", "aux", "nul", "conin$", "conout$"};
    if (std::find(kDevices.begin(), kDevices.end(), trimmed(low)) != kDevices.end()) {
        return true;
    }
    return low.size() >= 4 && (low.starts_with("com") || low.starts_with("lpt")) &&
           (low.size() == 4 || static_cast<unsigned char>(low[3]) >= 0x80);
}

} // namespace

std::string takenName(std::string_view given, FileKind kind)
{
    const std::size_t slash = given.find_last_of("/\\");
    const std::string last = tidyText(slash == std::string_view::npos ? given : given.substr(slash + 1));
    const std::string_view suffix = fileSuffix(kind);
    // A suffix that fits stays as it is written (".JPG").
    const std::string low = lower(last);
    const bool fits = low.ends_with(suffix) ||
                      (kind == FileKind::Jpeg && (low.ends_with(".jpeg") || low.ends_with(".jfif")));
    if (fits && !trimmed(withoutSuffix(last)).empty() && lettersIn(last) <= kTakenLettersMax) {
        return last;
    }
    const std::string stem(trimmed(withoutSuffix(last)));
    const std::string_view cut = cutLetters(stem, kTakenLettersMax - suffix.size());
    return (cut.empty() ? std::string(kNameless) : std::string(cut)) + std::string(suffix);
}

std::string exportName(std::string_view name, FileKind kind)
{
    constexpr std::string_view kNever = "/\\:*?\"<>|";
    std::string safe = tidyText(name); // form C; control, bidi and invisible characters are gone
    std::replace_if(
        safe.begin(), safe.end(), [&](char c) { return kNever.find(c) != std::string_view::npos; }, '_');
    const std::string_view suffix = fileSuffix(kind);
    std::string stem(
        trimmed(cutBytes(trimmed(withoutSuffix(trimmed(safe))), kExportBytesMax - suffix.size())));
    if (stem.empty() || isDevice(stem)) {
        stem = kNameless + (stem.empty() ? "" : "-" + stem);
    }
    return stem + std::string(suffix);
}

Result<fs::path> freePath(const fs::path& folder, std::string_view name, FileKind kind)
{
    const std::string safe = exportName(name, kind);
    const std::string suffix(fileSuffix(kind));
    const std::string stem = safe.substr(0, safe.size() - suffix.size());
    for (int number = 1; number <= kNumbersMax; ++number) {
        const std::string tried = number == 1 ? safe : stem + " (" + std::to_string(number) + ")" + suffix;
        fs::path path = folder / tried;
        std::error_code error;
        // Not exists(): a link that leads nowhere is something, too.
        const bool isFree = fs::symlink_status(path, error).type() == fs::file_type::not_found;
        if (isFree &&
            path.lexically_normal().parent_path() == (folder / "x").lexically_normal().parent_path()) {
            return path;
        }
    }
    return fail(ErrorKind::Invalid, "no free name for " + safe);
}

} // namespace motcua
