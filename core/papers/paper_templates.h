// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/papers/laid_out_paper.h"
#include "core/papers/paper_data.h"
#include "core/papers/paper_kind.h"
#include "core/papers/template.h"

#include <filesystem>
#include <string>
#include <vector>

namespace motcua {

struct PaperTitle
{
    std::string name;  ///< "slip"
    std::string title; ///< "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
};

enum class BrokenTemplate
{
    Refuse,        ///< the default: the official is told, and what is wrong
    UseTheBuiltIn, ///< when somebody has decided so
};

/// The templates: built into the program, and a unit's own folder whose files go before them one by one.
/// A template is a file `NAME.xml`; files that begin with an underscore are parts of others.
class PaperTemplates
{
public:
    /// Only what is built in.
    PaperTemplates() = default;
    /// A folder that does not exist is one without files.
    explicit PaperTemplates(std::filesystem::path unitFolder, BrokenTemplate broken = BrokenTemplate::Refuse);

    [[nodiscard]] static bool isPaperName(const std::string& name);
    /// The title that a template gives its paper.
    [[nodiscard]] Result<std::string> title(const std::string& paper) const;
    /// Everything about a template that can be wrong, found at the desk of whoever changes it: syntax,
    /// names, layout.
    [[nodiscard]] Result<void> check(const std::string& paper) const;
    /// The same for a paper with fields of its own, at ordinary and at the greatest lengths.
    [[nodiscard]] Result<void> check(const PaperKind& kind) const;
    /// The markup of each copy. Invalid with the template's line when it is broken; NotFound.
    [[nodiscard]] Result<std::vector<std::string>> markupFor(const std::string& paper,
                                                             const Json& values) const;
    /// Writes the built-in templates into a folder, for a unit to change; never over a file that is there.
    [[nodiscard]] static Result<void> writeBuiltIn(const std::filesystem::path& folder);

private:
    struct Loaded
    {
        Template body;
        Template::Parts parts;
    };

    [[nodiscard]] Result<std::string> read(const std::string& file) const;
    [[nodiscard]] Result<Loaded> load(const std::string& paper) const;
    [[nodiscard]] Result<std::vector<std::string>> copies(const std::string& paper, const Json& values) const;
    [[nodiscard]] Result<void> checkWith(const std::string& paper, const Json& sample) const;
    [[nodiscard]] std::vector<std::string> parts() const;

    std::filesystem::path m_unitFolder;
    BrokenTemplate m_broken = BrokenTemplate::Refuse;
};

/// The whole way from data to pages.
[[nodiscard]] Result<LaidOutPaper> layOut(const PaperData& data, const PaperTemplates& templates,
                                          const Marking& marking = {});

} // namespace motcua
