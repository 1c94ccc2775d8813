// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_templates.h"

#include "core/base/file.h"
#include "core/papers/markup.h"

#include <QDir>
#include <QFile>
#include <algorithm>
#include <array>

static void loadBuiltInPapers()
{
    Q_INIT_RESOURCE(motcua_papers); // a static library's resources are not found by themselves
}

namespace motcua {

namespace {

constexpr std::size_t kLargestTemplate = 256U << 10;
constexpr char kBuiltIn[] = ":/motcua/papers/";
/// Laid out from figures, not from a dossier.
constexpr std::array<std::string_view, 2> kOfFigures{"report", "day-sheet"};

QString builtInPath(const std::string& file)
{
    loadBuiltInPapers();
    return QLatin1String(kBuiltIn) + QString::fromStdString(file);
}

/// The name comes from the command line too and becomes part of a path.
bool isPaperName(const std::string& name)
{
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string withoutEnding(const std::string& file)
{
    return file.substr(0, file.size() - 4);
}

void addFiles(std::vector<std::string>& files, const QString& folder, const QString& pattern)
{
    for (const QString& file : QDir(folder).entryList({pattern}, QDir::Files, QDir::Name)) {
        if (std::find(files.begin(), files.end(), file.toStdString()) == files.end()) {
            files.push_back(file.toStdString());
        }
    }
}

} // namespace

PaperTemplates::PaperTemplates(std::filesystem::path unitFolder, BrokenTemplate broken)
    : m_unitFolder(std::move(unitFolder)), m_broken(broken)
{}

std::vector<std::string> PaperTemplates::files(const QString& pattern) const
{
    std::vector<std::string> found;
    addFiles(found, builtInPath({}), pattern);
    if (!m_unitFolder.empty()) {
        addFiles(found, QString::fromStdString(m_unitFolder.string()), pattern);
    }
    return found;
}

std::vector<std::string> PaperTemplates::names() const
{
    std::vector<std::string> names{"slip", "check-sheet", "collection", "refusal"};
    for (const std::string& file : files(QStringLiteral("*.xml"))) {
        const std::string name = withoutEnding(file);
        const bool isKnown = std::find(names.begin(), names.end(), name) != names.end();
        const bool isOfFigures = std::find(kOfFigures.begin(), kOfFigures.end(), name) != kOfFigures.end();
        if (isPaperName(name) && !isKnown && !isOfFigures) {
            names.push_back(name);
        }
    }
    return names;
}

Result<std::vector<PaperTitle>> PaperTemplates::papers() const
{
    std::vector<PaperTitle> papers;
    for (const std::string& name : names()) {
        const auto markup = TRY(markupFor(name, templateValues(samplePaperData(name))));
        const Sheet sheet = TRY(parseMarkup(markup.front(), name));
        papers.push_back(PaperTitle{name, sheet.title.toStdString()});
    }
    return papers;
}

Result<std::string> PaperTemplates::read(const std::string& file) const
{
    if (!m_unitFolder.empty()) {
        auto own = readFile(m_unitFolder / file, kLargestTemplate);
        if (own || own.error().kind != ErrorKind::NotFound) {
            return own;
        }
    }
    QFile builtIn(builtInPath(file));
    if (!builtIn.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::NotFound, "there is no template " + file);
    }
    return builtIn.readAll().toStdString();
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
    for (const std::string& partFile : files(QStringLiteral("_*.xml"))) {
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
    if (sheet.copies.empty()) {
        return markup;
    }
    markup.clear();
    for (const QString& label : sheet.copies) {
        Json one = values;
        one["copy"] = {{"number", std::to_string(markup.size() + 1)},
                       {"label", label.toStdString()},
                       {"several", sheet.copies.size() > 1}};
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

Result<void> PaperTemplates::check(const std::string& paper) const
{
    const Json sample = templateValues(samplePaperData(paper));
    const Loaded loaded = TRY(load(paper));
    TRY(loaded.body.checkNames(sample, loaded.parts));
    auto markup = TRY(copies(paper, sample));
    TRY(LaidOutPaper::create(paper, std::move(markup)));
    return {};
}

Result<void> PaperTemplates::writeBuiltIn(const std::filesystem::path& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const PaperTemplates builtIn;
    for (const std::string& file : builtIn.files(QStringLiteral("*.xml"))) {
        if (!std::filesystem::exists(folder / file, failed)) {
            const std::string text = TRY(builtIn.read(file));
            TRY(writeFileDurably(folder / file, text, FileMode::Shared));
        }
    }
    return {};
}

Result<LaidOutPaper> layOut(const PaperData& data, const PaperTemplates& templates, const Marking& marking)
{
    auto markup = TRY(templates.markupFor(data.paper, templateValues(data)));
    return LaidOutPaper::create(data.paper, std::move(markup), marking);
}

} // namespace motcua
