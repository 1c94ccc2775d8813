// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/papers/paper_output.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <QBuffer>
#include <QHashSeed>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>
#include <algorithm>

namespace motcua {

namespace {

/// "20261121010203Z" from "2026-11-21T01:02:03.000Z".
std::string pdfDate(Instant instant)
{
    std::string date = toRfc3339(instant).substr(0, 19) + "Z";
    date.erase(
        std::remove_if(date.begin(), date.end(), [](char c) { return c == '-' || c == ':' || c == 'T'; }),
        date.end());
    return date;
}

/// PDF/A asks that these say the same as the document's information dictionary (ISO 19005-1, 6.7.3).
QByteArray metadata(const QString& title, Instant madeAt)
{
    const QString date = QString::fromStdString(toRfc3339(madeAt).substr(0, 19) + "Z");
    const QString xmp = QStringLiteral(R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">%1</rdf:li></rdf:Alt></dc:title></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Một Cửa" xmp:CreateDate="%2" xmp:ModifyDate="%2"/>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="Qt %3"/>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="1" pdfaid:conformance="B"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>)");
    return xmp.arg(title.toHtmlEscaped(), date, QString::fromLatin1(qVersion())).toUtf8();
}

/// Qt writes the wall clock and a random identifier into each PDF. Both are replaced in place, length by
/// length, so that no offset of the file moves.
Result<void> makeRepeatable(std::string& pdf, Instant madeAt)
{
    const std::string dateKey = "/CreationDate (D:";
    const auto date = pdf.find(dateKey);
    const auto dateEnd = date == std::string::npos ? date : pdf.find(')', date);
    const std::string idKey = "/ID [ <";
    const auto id = pdf.rfind(idKey);
    const std::size_t first = id + idKey.size();
    const std::size_t second = first + 32 + 3;
    const std::string written = pdfDate(madeAt) + ")";
    if (dateEnd == std::string::npos || id == std::string::npos || second + 32 > pdf.size() ||
        pdf.compare(first + 32, 3, "> <") != 0 || date + dateKey.size() + written.size() > dateEnd + 1) {
        return fail(ErrorKind::Unsupported, "the PDF writer's format has changed");
    }
    pdf.replace(date + dateKey.size(), dateEnd + 1 - date - dateKey.size(),
                written + std::string(dateEnd + 1 - date - dateKey.size() - written.size(), ' '));
    pdf.replace(first, 32, 32, '0');
    pdf.replace(second, 32, 32, '0');
    const std::string digest = toHex(sha256(pdf)).substr(0, 32);
    pdf.replace(first, 32, digest);
    pdf.replace(second, 32, digest);
    return {};
}

} // namespace

Result<std::string> toPdf(const LaidOutPaper& paper, Instant madeAt)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b);
    writer.setResolution(static_cast<int>(kUnitsPerInch));
    writer.setTitle(paper.title());
    writer.setCreator(QStringLiteral("Một Cửa"));
    writer.setDocumentXmpMetadata(metadata(paper.title(), madeAt));
    TRY(printOn(writer, paper));
    std::string pdf = bytes.toStdString();
    TRY(makeRepeatable(pdf, madeAt));
    return pdf;
}

Result<std::string> writePdf(const LaidOutPaper& paper, Instant madeAt, const std::filesystem::path& file)
{
    const std::string pdf = TRY(toPdf(paper, madeAt));
    TRY(writeFileDurably(file, pdf));
    return toHex(sha256(pdf));
}

void fixOrderInPapers()
{
    QHashSeed::setDeterministicGlobalSeed();
}

Result<void> printOn(QPagedPaintDevice& device, const LaidOutPaper& paper, PageRange pages)
{
    const int last = pages.last == 0 ? paper.pageCount() : std::min(pages.last, paper.pageCount());
    if (pages.first < 1 || pages.first > last) {
        return fail(ErrorKind::Invalid, "there are no such pages");
    }
    device.setPageLayout(paper.pageLayout());
    QPainter painter;
    if (!painter.begin(&device)) {
        return fail(ErrorKind::Storage, "the printer does not take the paper");
    }
    for (int page = pages.first; page <= last; ++page) {
        if (page > pages.first && !device.newPage()) {
            return fail(ErrorKind::Storage, "the printer stopped before page " + std::to_string(page));
        }
        paper.paintPage(painter, page - 1, device.logicalDpiX());
    }
    if (!painter.end()) {
        return fail(ErrorKind::Storage, "the printer did not finish the paper");
    }
    return {};
}

} // namespace motcua
