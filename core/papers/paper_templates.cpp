// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_templates.h"

#include "core/base/file.h"
#include "core/papers/built_in.h"
#include "core/papers/markup.h"
#include "core/papers/paper_sample.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

constexpr std::size_t kLargestTemplate = 256U << 10;
std::string withoutEnding(const std::string& file)
{
    return file.substr(0, file.size() - 4);
}

QStringList labelsOf(const Sheet& sheet)
{
    QStringList labels;
    for (const QString& label : sheet.copies) {
        labels.append(label);
    }
    return labels;
}

/// One empty label a sheet, where more than one is wanted.
QStringList unlabelled(const Json& count)
{
    const std::int64_t sheets = count.is_number_integer() ? count.get<std::int64_t>() : 1;
    QStringList labels;
    for (std::int64_t i = 0; sheets > 1 && i < sheets; ++i) {
        labels.append(QString());
    }
    return labels;
}

} // namespace

/// The name comes from the command line too and becomes part of a path.
bool PaperTemplates::isPaperName(const std::string& name)
{
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

PaperTemplates::PaperTemplates(std::filesystem::path unitFolder, BrokenTemplate broken)
    : m_unitFolder(std::move(unitFolder)), m_broken(broken)
{}

std::vector<std::string> PaperTemplates::parts() const
{
    std::vector<std::string> found = builtInFiles("_*.xml");
    for (const std::string& file : filesIn(m_unitFolder, "_*.xml")) {
        if (std::find(found.begin(), found.end(), file) == found.end()) {
            found.push_back(file);
        }
    }
    return found;
}

Result<std::string> PaperTemplates::title(const std::string& paper) const
{
    const auto markup = TRY(markupFor(paper, templateValues(samplePaperData(paper))));
    return TRY(parseMarkup(markup.front(), paper + ".xml"))
    .title.toStdString();
}

Result<std::string> PaperTemplates::read(const std::string& file) const
{
    if (!m_unitFolder.empty()) {
        auto own = readFile(m_unitFolder / file, kLargestTemplate);
        if (own || own.error().kind != ErrorKind::NotFound) {
            return own;
        }
    }
    return readBuiltIn(file);
}

Result<PaperTemplates::Loaded> PaperTemplates::load(const std::string& paper) const
{
    if (!isPaperName(paper)) {
        return fail(ErrorKind::NotFound, "there is no such paper");
    }
    Loaded loaded;
    const std::string file = paper + ".xml";
    const std::string text = TRY(read(file));
    loaded.body = TRY(Template::parse(text, file));
    for (const std::string& partFile : parts()) {
        const std::string partText = TRY(read(partFile));
        loaded.parts.emplace(withoutEnding(partFile).substr(1), TRY(Template::parse(partText, partFile)));
    }
    return loaded;
}

Result<std::vector<std::string>> PaperTemplates::copies(const std::string& paper, const Json& values) const
{
    const Loaded loaded = TRY(load(paper));
    std::vector<std::string> markup;
    markup.push_back(TRY(loaded.body.render(values, loaded.parts)));
    const Sheet sheet = TRY(parseMarkup(markup.front(), paper + ".xml"));
    const QStringList labels = sheet.copies.empty() ? unlabelled(at(values, "sheets")) : labelsOf(sheet);
    if (labels.empty()) {
        return markup;
    }
    markup.clear();
    for (const QString& label : labels) {
        Json one = values;
        one["copy"] = {{"number", std::to_string(markup.size() + 1)},
                       {"label", label.toStdString()},
                       {"several", labels.size() > 1}};
        markup.push_back(TRY(loaded.body.render(one, loaded.parts)));
        TRY(parseMarkup(markup.back(), paper + ".xml"));
    }
    return markup;
}

Result<std::vector<std::string>> PaperTemplates::markupFor(const std::string& paper, const Json& values) const
{
    auto own = copies(paper, values);
    if (!own && own.error().kind == ErrorKind::Invalid && m_broken == BrokenTemplate::UseTheBuiltIn) {
        return PaperTemplates().copies(paper, values);
    }
    return own;
}

Result<void> PaperTemplates::checkWith(const std::string& paper, const Json& sample) const
{
    const Loaded loaded = TRY(load(paper));
    TRY(loaded.body.checkNames(sample, loaded.parts));
    auto markup = TRY(copies(paper, sample));
    TRY(LaidOutPaper::create(paper, std::move(markup)));
    return {};
}

Result<void> PaperTemplates::check(const std::string& paper) const
{
    return checkWith(paper, templateValues(samplePaperData(paper)));
}

Result<void> PaperTemplates::check(const PaperKind& kind) const
{
    for (const SampleLength length : {SampleLength::Ordinary, SampleLength::Longest}) {
        if (kind.use == PaperUse::Book) {
            TRY(sampleLaidOut(kind, length, *this));
            continue;
        }
        const PaperData sample = TRY(samplePaper(kind, length));
        TRY(checkWith(kind.templateName, templateValues(sample)));
    }
    return {};
}

Result<void> PaperTemplates::writeBuiltIn(const std::filesystem::path& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const PaperTemplates builtIn;
    for (const std::string& file : builtInFiles("*.xml")) {
        if (!std::filesystem::exists(folder / file, failed)) {
            const std::string text = TRY(builtIn.read(file));
            TRY(writeFileDurably(folder / file, text, FileMode::Shared));
        }
    }
    return {};
}

Result<LaidOutPaper> layOut(const PaperData& data, const PaperTemplates& templates, const Marking& marking)
{
    const std::string& layout = data.templateName.empty() ? data.paper : data.templateName;
    auto markup = TRY(templates.markupFor(layout, templateValues(data)));
    return LaidOutPaper::create(data.paper, std::move(markup), marking);
}

} // namespace motcua
