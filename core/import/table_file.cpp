// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/import/csv_reader.h"
#include "core/import/xlsx_reader.h"

#include <array>
#include <openssl/evp.h>

namespace motcua {

namespace {

constexpr std::size_t kHead = std::size_t{64} << 10;

/// Whether bytes that come in pieces are UTF-8, by the table of Unicode 3.9 (no overlong forms, no
/// surrogates).
class Utf8Watch
{
public:
    void look(std::string_view piece)
    {
        for (const char c : piece) {
            step(static_cast<unsigned char>(c));
        }
    }
    [[nodiscard]] bool isText() const { return m_isText && m_wanted == 0; }

private:
    void step(unsigned char byte)
    {
        if (m_wanted > 0) {
            m_isText = m_isText && byte >= m_least && byte <= m_most;
            m_least = 0x80;
            m_most = 0xBF;
            --m_wanted;
        } else if (byte >= 0x80) {
            m_wanted = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
            m_isText = m_isText && byte >= 0xC2 && byte <= 0xF4;
            m_least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
            m_most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
        }
    }
    bool m_isText = true;
    int m_wanted = 0;
    unsigned char m_least = 0x80;
    unsigned char m_most = 0xBF;
};

struct WholeFile
{
    std::string sha256;
    std::string head;
    std::uint64_t size = 0;
    bool isUtf8 = true;
};

Result<WholeFile> readWhole(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorKind::NotFound, "the file cannot be opened");
    }
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    WholeFile whole;
    Utf8Watch watch;
    std::string piece(kHead, '\0');
    while (file) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const std::string_view read(piece.data(), static_cast<std::size_t>(file.gcount()));
        EVP_DigestUpdate(digest.get(), read.data(), read.size());
        watch.look(read);
        whole.head = whole.size == 0 ? std::string(read) : whole.head;
        whole.size += read.size();
    }
    if (file.bad()) {
        return fail(ErrorKind::Storage, "the file cannot be read to its end");
    }
    Hash hash{};
    EVP_DigestFinal_ex(digest.get(), hash.data(), nullptr);
    whole.sha256 = toHex(hash);
    whole.isUtf8 = watch.isText();
    return whole;
}

} // namespace

Result<TableFile> inspectTable(const std::filesystem::path& path, const TableLimits& limits)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorKind::NotFound, "no such file");
    }
    WholeFile whole = TRY(readWhole(path));
    TableFile file;
    file.path = path;
    file.name = path.filename().string();
    file.sha256 = std::move(whole.sha256);
    file.size = whole.size;
    if (whole.head.starts_with("PK\x03\x04")) {
        file.format = TableFormat::Xlsx;
        const Package package = TRY(Package::open(path));
        const SheetBook workbook = TRY(readWorkbook(package, limits));
        for (const SheetBook::Sheet& sheet : workbook.sheets) {
            file.sheets.push_back(sheet.name);
        }
        return file;
    }
    if (whole.head.starts_with("\xD0\xCF\x11\xE0") || whole.head.starts_with("%PDF")) {
        return fail(ErrorKind::Unsupported, "an old .xls workbook or a PDF, not XLSX or CSV");
    }
    if (whole.size == 0) {
        return fail(ErrorKind::Invalid, "the file is empty");
    }
    const CsvLook look = lookAtCsv(whole.head, whole.isUtf8);
    file.sheets = {""};
    file.text = look.text;
    file.delimiter = look.delimiter;
    return file;
}

Result<std::unique_ptr<TableReader>> openTable(const TableFile& file, const std::string& sheet,
                                               char delimiter, const TableLimits& limits)
{
    if (file.format == TableFormat::Xlsx) {
        return XlsxReader::open(file.path, sheet, limits);
    }
    std::ifstream stream(file.path, std::ios::binary);
    if (!stream) {
        return fail(ErrorKind::NotFound, "the file cannot be opened");
    }
    CsvLook look{file.text, delimiter != 0 ? delimiter : file.delimiter};
    return std::unique_ptr<TableReader>(
        std::make_unique<CsvReader>(std::move(stream), file.size, std::move(look), limits));
}

} // namespace motcua
