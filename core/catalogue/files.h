// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace motcua {

// Reading the files of the catalogue. For core/catalogue only.

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

/// The files that a catalogue is made of: those of a folder, some of them perhaps stood in for by what a city
/// published. Cheap to copy.
class CatalogueFiles
{
public:
    /// By the file's name: "units.json". "procedures.json" and "fees.json" stand in for each file of their
    /// kind, a unit's own too.
    using StandIns = std::map<std::string, Json>;

    explicit CatalogueFiles(std::string folder, StandIns standIns = {});

    [[nodiscard]] Result<CatalogueFile> one(const std::string& name) const;
    /// As readCatalogueFiles().
    [[nodiscard]] Result<std::vector<CatalogueFile>> all(const std::string& subFolder,
                                                         std::string_view prefix) const;

private:
    std::string m_folder;
    std::shared_ptr<const StandIns> m_standIns;
};

} // namespace motcua
