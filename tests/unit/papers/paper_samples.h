// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/laid_out_paper.h"
#include "core/papers/paper_data.h"

#include <string>

namespace motcua::test {

/// A birth registration received on a Saturday morning, as the counter hands it over.
[[nodiscard]] PaperRequest birthRequest(const std::string& paper);
/// Certified copies with a fee: 5 pages, 3 copies, 21,000 đồng (domain.md section 11).
[[nodiscard]] PaperRequest copiesRequest(const std::string& paper);

/// The text of a PDF in reading order, white space collapsed, by poppler's pdftotext.
[[nodiscard]] std::string textOf(const std::string& pdf);
/// What a program prints, run on a file with these bytes whose path replaces FILE in the command.
[[nodiscard]] std::string outputOf(const std::string& command, const std::string& bytes);
[[nodiscard]] bool contains(const std::string& text, const std::string& part);
[[nodiscard]] int count(const std::string& text, const std::string& part);

} // namespace motcua::test
