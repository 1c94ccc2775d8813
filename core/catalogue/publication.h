// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/files.h"

#include <string>

namespace motcua {

/// A catalogue as a portal sends it to counters (contract, Catalogue).
struct CataloguePublication
{
    std::string
        version; ///< as Catalogue::version(): the stated one and the beginning of a hash over the files
    /// `procedures`, `holidays`, `fees`, `units` with items as in the files; and what procedures and holidays
    /// lean on: `notes`, `repealed`, `holidayYears`. resources/catalogue/README.md says which is which.
    Json content;
};

/// Reads a folder that has been proven: everything is loaded first, as a counter would, the units too. Fails
/// with file and JSON pointer in the error when any file is missing or wrong.
[[nodiscard]] Result<CataloguePublication> readCataloguePublication(const std::string& folder);

/// The files that a publication stands in for, on the counter that got it; for Catalogue::load(). Of what is
/// missing in it the folder's stay.
[[nodiscard]] Result<CatalogueFiles::StandIns> standInsFor(const std::string& folder, const Json& content);

} // namespace motcua
