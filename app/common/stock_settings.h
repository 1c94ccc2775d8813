// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/laid_out_paper.h"

#include <filesystem>
#include <map>
#include <string>

namespace motcua {

/// Where each printer puts things on printed stock, found out with the test sheet: stock.json beside the
/// register. The window and the command line share it; nothing of citizens is in it.
class StockSettings
{
public:
    /// Nothing is known of any printer, and nothing is kept.
    StockSettings() = default;
    /// A file that is not there is one without printers. Invalid, with its name, when it is there and wrong.
    [[nodiscard]] static Result<StockSettings> load(const std::filesystem::path& registerFolder);

    /// Of a printer ("" a PDF) and a paper; untouched where nobody has measured.
    [[nodiscard]] Calibration calibration(const std::string& printer, const std::string& paper) const;
    /// Keeps it on the disk. Invalid beyond 30 mm or 5 percent: then the sheet lies wrongly, not the printer.
    [[nodiscard]] Result<void> set(const std::string& printer, const std::string& paper,
                                   const Calibration& calibration);

private:
    std::filesystem::path m_file;
    std::map<std::string, std::map<std::string, Calibration>> m_known; ///< by printer, by paper
};

} // namespace motcua
