// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paper_sheet.h"

#include "core/base/file.h"
#include "core/papers/paper_sample.h"
#include "core/papers/paper_shelf.h"
#include "core/papers/paper_templates.h"

#include <QBuffer>
#include <QImage>

namespace motcua {

namespace {

constexpr int kDotsPerInch = 80;
constexpr std::string_view kStyle = "body{font:14px sans-serif;margin:24px;color:#222}section{border-top:2px "
                                    "solid #888;padding:16px 0;display:flex;"
                                    "gap:24px;align-items:flex-start}div.list{flex:0 0 460px}div.pages "
                                    "img{border:1px solid #999;margin:0 12px 12px "
                                    "0;background:#fff}table{border-collapse:collapse}td,th{border:1px solid "
                                    "#bbb;padding:2px 6px;text-align:left;"
                                    "vertical-align:top}p.note{background:#fff3d6;padding:6px}";

std::string escaped(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toHtmlEscaped().toStdString();
}

std::string joined(const std::vector<std::string>& list)
{
    std::string line;
    for (const std::string& one : list) {
        line += (line.empty() ? "" : ", ") + one;
    }
    return line;
}

/// Two papers of one name on different days have files of their own.
std::string stemOf(const PaperKind& kind, SampleLength length)
{
    return kind.name + (kind.effectiveFrom ? '-' + toIsoDay(*kind.effectiveFrom) : std::string()) +
           (length == SampleLength::Longest ? "-long" : "");
}

Result<std::string> writePages(const std::filesystem::path& folder, const PaperTemplates& templates,
                               const PaperKind& kind, SampleLength length)
{
    const LaidOutPaper paper = TRY(sampleLaidOut(kind, length, templates));
    std::string html;
    for (int page = 0; page < paper.pageCount(); ++page) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        paper.renderPage(page, kDotsPerInch).save(&buffer, "PNG");
        const std::string file = stemOf(kind, length) + '-' + std::to_string(page + 1) + ".png";
        TRY(writeFileDurably(folder / file, bytes.toStdString()));
        html += "<img src=\"" + escaped(file) + "\" alt=\"" + escaped(kind.title) + "\">";
    }
    return html;
}

std::string fieldTable(const PaperKind& kind)
{
    std::string html = "<table><tr><th>Mục</th><th>Lấy từ</th><th>Cách ghi</th></tr>";
    for (const PaperField* field : kind.fields()) {
        html += "<tr><td>" + escaped(field->label) + (field->required ? " *" : "") + "<br><code>field." +
                escaped(field->name) + "</code></td><td><code>" + escaped(joined(field->from)) +
                "</code></td><td>" + std::string(fieldFormName(field->form)) + "</td></tr>";
    }
    return html + "</table>";
}

std::string factsOf(const PaperKind& kind)
{
    std::string html = "<h2>" + escaped(kind.title) + "</h2><p><code>" + escaped(kind.name) + "</code>, " +
                       std::string(paperUseName(kind.use)) + ", mẫu <code>" + escaped(kind.templateName) +
                       ".xml</code></p><p>Căn cứ: " + escaped(kind.source) + " (" + escaped(kind.sure) +
                       ")</p>";
    if (kind.effectiveFrom || kind.effectiveTo) {
        html += "<p>Áp dụng " +
                (kind.effectiveFrom ? "từ " + toDisplayDay(*kind.effectiveFrom) : std::string()) +
                (kind.effectiveTo ? " đến " + toDisplayDay(*kind.effectiveTo) : std::string()) + "</p>";
    }
    if (!kind.series.empty()) {
        html += "<p>Số theo năm, ký hiệu <b>" + escaped(kind.series) + "</b></p>";
    }
    if (!kind.books.empty()) {
        html += "<p>Từ sổ: " + escaped(joined(kind.books)) + "</p>";
    }
    return html + (kind.note.empty() ? "" : "<p class=\"note\">" + escaped(kind.note) + "</p>");
}

} // namespace

Result<std::int64_t> writePaperSheet(const std::filesystem::path& folder,
                                     const std::filesystem::path& unitFolder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        return fail(ErrorKind::Storage, folder.string() + ": " + failed.message());
    }
    const PaperShelf shelf = TRY(PaperShelf::load(unitFolder));
    const PaperTemplates templates(unitFolder);
    std::string html =
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Các mẫu giấy</title><style>" +
        std::string(kStyle) + "</style><h1>Các mẫu giấy và danh sách mục</h1>";
    for (const PaperKind& kind : shelf.all()) {
        const std::string ordinary = TRY(writePages(folder, templates, kind, SampleLength::Ordinary));
        const std::string longest = TRY(writePages(folder, templates, kind, SampleLength::Longest));
        html += "<section><div class=\"list\">" + factsOf(kind) + fieldTable(kind) +
                "</div><div class=\"pages\">" + ordinary + "<br>" + longest + "</div></section>";
    }
    TRY(writeFileDurably(folder / "index.html", html + "</html>\n"));
    return static_cast<std::int64_t>(shelf.all().size());
}

} // namespace motcua
