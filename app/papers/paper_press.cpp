// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/paper_press.h"

#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"

#include <QPrinter>
#include <QPrinterInfo>

#include <system_error>

namespace motcua {

namespace {

Result<std::string> digestOf(const LaidOutPaper& paper, Instant madeAt)
{
    const std::string pdf = TRY(toPdf(paper, madeAt));
    return toHex(sha256(pdf));
}

Result<PressEnd> pressFile(const LaidOutPaper& paper, const std::filesystem::path& file, Instant madeAt)
{
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed) {
        return fail(ErrorKind::Storage, file.parent_path().string());
    }
    TRY(writePdf(paper, madeAt, file));
    return PressEnd
    {
        QStringLiteral("pdf"), toQString(file.string()), TRY(digestOf(paper, madeAt))
        , paper.copyCount()
    };
}

Result<PressEnd> pressPrinter(const LaidOutPaper& paper, const QString& name, const QString& stem,
                              Instant madeAt)
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPrinterName(name);
    printer.setDocName(stem); // ASCII: spoolers mangle other letters
    TRY(printOn(printer, paper));
    return PressEnd
    {
        name, {}, TRY(digestOf(paper, madeAt))
        , paper.copyCount()
    };
}

/// The first of NAME.pdf, NAME-2.pdf … that is not there yet: no paper is written over another.
std::filesystem::path freeFile(const std::filesystem::path& folder, const QString& stem)
{
    std::filesystem::path file = folder / (toUtf8(stem) + ".pdf");
    std::error_code ignored;
    for (int number = 2; std::filesystem::exists(file, ignored); ++number) {
        file = folder / (toUtf8(stem) + '-' + std::to_string(number) + ".pdf");
    }
    return file;
}

} // namespace

PaperPress::PaperPress(std::filesystem::path folder, QObject* parent)
    : QObject(parent), m_folder(std::move(folder))
{}

QStringList PaperPress::printers() const
{
    return QPrinterInfo::availablePrinterNames();
}

QString PaperPress::usualPrinter() const
{
    const QStringList all = printers();
    return all.contains(m_usual) ? m_usual : QPrinterInfo::defaultPrinterName();
}

void PaperPress::press(const LaidOutPaper& paper, const QString& stem, const QString& printer, Instant madeAt,
                       Then then)
{
    std::function<Result<PressEnd>()> work;
    if (printer.isEmpty()) {
        work = [paper, file = freeFile(m_folder, stem), madeAt] { return pressFile(paper, file, madeAt); };
    } else {
        m_usual = printer;
        work = [paper, printer, stem, madeAt] { return pressPrinter(paper, printer, stem, madeAt); };
    }
    inBackground<Result<PressEnd>>(this, std::move(work),
                                   [then = std::move(then)](Result<PressEnd> end) { then(end); });
}

QString fileStem(const std::string& paper, const std::string& code)
{
    std::string stem = code.empty() ? paper : paper + '-' + code;
    for (char& c : stem) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '-';
        c = plain ? c : '_';
    }
    return toQString(stem);
}

} // namespace motcua
