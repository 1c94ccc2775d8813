// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

// Reading the files of the catalogue's folder. For core/catalogue only.

struct CatalogueFile
{
    std::string name; ///< from the folder on: "forms/birth.json"
    std::string bytes;
    Json json;
};

/// NotFound or Invalid, with the file's name.
[[nodiscard]] Result<CatalogueFile> readCatalogueFile(const std::string& folder, const std::string& name);

/// The files `PREFIX*.json` of a sub-folder ("" for the folder itself), sorted by name, so that a unit can
/// lay its own beside those that came with the program.
[[nodiscard]] Result<std::vector<CatalogueFile>>
readCatalogueFiles(const std::string& folder, const std::string& subFolder, std::string_view prefix);

} // namespace motcua
