// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/password_file.h"

#include "core/base/file.h"

namespace motcua {

namespace {

constexpr std::size_t kBytesMax = 1000;

} // namespace

Result<Secret> readPasswordFile(const std::filesystem::path& file)
{
    // Held in a Secret from the first moment, so that no copy stays behind in freed memory.
    const Secret whole(TRY(readFile(file, kBytesMax)));
    std::string_view line = whole.bytes();
    if (line.ends_with('\n')) {
        line.remove_suffix(1);
    }
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.empty()) {
        return fail(ErrorKind::Invalid, file.string() + ": empty");
    }
    if (line.find('\n') != std::string_view::npos) {
        return fail(ErrorKind::Invalid, file.string() + ": more than one line");
    }
    return Secret(std::string(line));
}

} // namespace motcua
