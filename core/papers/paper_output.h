// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/papers/laid_out_paper.h"

#include <filesystem>

class QPagedPaintDevice;

namespace motcua {

/// The paper as PDF/A-1b with vector text. The same paper and instant give the same bytes: the date is the
/// given one and the file identifier is made from the contents.
[[nodiscard]] Result<std::string> toPdf(const LaidOutPaper& paper, Instant madeAt);
/// As `toPdf`, into a file that is whole or absent; readable by this user only, as papers name citizens.
/// Gives the file's SHA-256 as lower-case hex.
[[nodiscard]] Result<std::string> writePdf(const LaidOutPaper& paper, Instant madeAt,
                                           const std::filesystem::path& file);

struct PageRange
{
    int first = 1;
    int last = 0; ///< 0: to the end
};

/// To be called before the application object is made: the order inside a PDF follows Qt's hashes, which are
/// else seeded anew in every run. With it the same paper is the same bytes in every program.
void fixOrderInPapers();

/// The paper on any printer: give a QPrinter. Sets its page layout. Storage when the device fails.
[[nodiscard]] Result<void> printOn(QPagedPaintDevice& device, const LaidOutPaper& paper,
                                   PageRange pages = {});

} // namespace motcua
