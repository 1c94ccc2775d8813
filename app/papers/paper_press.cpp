// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/paper_press.h"

#include "app/common/print_queue.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "core/base/hash.h"
#include "core/papers/paper_output.h"

#include <QPrinterInfo>

#include <system_error>

namespace motcua {

namespace {

Result<PressEnd> pressFile(const LaidOutPaper& paper, const std::filesystem::path& file, Instant madeAt)
{
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed) {
        return fail(ErrorKind::Storage, file.parent_path().string());
    }
    const std::string digest = TRY(writePdf(paper, madeAt, file));
    return PressEnd{QStringLiteral("pdf"), toQString(file.string()), digest, paper.copyCount()};
}

Result<PressEnd> pressPrinter(const LaidOutPaper& paper, const QString& name, const QString& stem,
                              Instant madeAt)
{
    const std::string pdf = TRY(toPdf(paper, madeAt));
    PressEnd end{name, {}, toHex(sha256(pdf)), paper.copyCount()};
    if (auto job = sendToQueue(toUtf8(name), paper, pdf, toUtf8(stem)); !job) {
        end.trouble = std::move(job.error());
    }
    return end;
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

} // namespace motcua
