// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/target_file.h"

#include <filesystem>

namespace motcua::cli {

Reply<void> mustBeReplaceable(const std::string& file)
{
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        return forbidden("not-a-file",
                         file + " đã có và không phải là tệp thường. Chưa ghi gì; chọn tên khác.");
    }
    return {};
}

} // namespace motcua::cli
