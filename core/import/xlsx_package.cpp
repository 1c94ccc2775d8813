// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/xlsx_package.h"

#include <array>
#include <expat.h>
#include <zip.h>

namespace motcua {

namespace {

constexpr std::int64_t kPartsMax = 10'000;
constexpr std::uint64_t kRatioFrom = std::uint64_t{32} << 20;
constexpr int kDepthMax = 64;

Error zipError(zip_t* archive, const char* during)
{
    zip_error_t* error = zip_get_error(archive);
    const bool disk = zip_error_system_type(error) == ZIP_ET_SYS;
    return {disk ? ErrorKind::Storage : ErrorKind::Invalid,
            std::string(during) + ": " + zip_error_strerror(error)};
}

} // namespace

void PackagePart::Close::operator()(zip_file* file) const
{
    zip_fclose(file);
}

PackagePart::PackagePart(zip_file* file, std::uint64_t packed, std::uint64_t most, std::uint64_t ratio)
    : m_file(file), m_packed(packed), m_most(most), m_ratio(ratio)
{}

Result<std::size_t> PackagePart::read(std::span<char> room)
{
    const zip_int64_t count = zip_fread(m_file.get(), room.data(), room.size());
    if (count < 0) {
        return fail(ErrorKind::Invalid, std::string("a part of the file is damaged: ") +
                                            zip_error_strerror(zip_file_get_error(m_file.get())));
    }
    m_done += static_cast<std::uint64_t>(count);
    // The size that the file states is never believed; what comes out counts.
    if (m_done > m_most || (m_done > kRatioFrom && m_done / m_ratio > m_packed)) {
        return fail(ErrorKind::Invalid, "a part of the file unpacks to far more than a ledger holds");
    }
    return static_cast<std::size_t>(count);
}

void Package::Close::operator()(zip* archive) const
{
    zip_discard(archive);
}

Result<Package> Package::open(const std::filesystem::path& path)
{
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (archive == nullptr) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        const bool disk = code == ZIP_ER_READ || code == ZIP_ER_OPEN || code == ZIP_ER_MEMORY;
        return fail(disk ? ErrorKind::Storage : ErrorKind::Invalid, "no XLSX file: " + why);
    }
    Package package(archive);
    if (zip_get_num_entries(archive, 0) > kPartsMax) {
        return fail(ErrorKind::Invalid, "more parts than any workbook has");
    }
    return package;
}

bool Package::has(const std::string& name) const
{
    return zip_name_locate(m_archive.get(), name.c_str(), 0) >= 0;
}

std::uint64_t Package::sizeOf(const std::string& name) const
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    const bool found =
        zip_stat(m_archive.get(), name.c_str(), 0, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) != 0;
    return found ? stat.size : 0;
}

Result<PackagePart> Package::part(const std::string& name, std::uint64_t most, std::uint64_t ratio) const
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(m_archive.get(), name.c_str(), 0, &stat) != 0) {
        return fail(ErrorKind::NotFound, "the file has no " + name);
    }
    zip_file_t* const file = zip_fopen_index(m_archive.get(), stat.index, 0);
    if (file == nullptr) {
        return tl::unexpected(zipError(m_archive.get(), "a part cannot be read"));
    }
    return PackagePart(file, stat.comp_size, most, ratio);
}

std::string_view attribute(XmlListener::Attributes attributes, std::string_view name)
{
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
        std::string_view own = attributes[0];
        own.remove_prefix(own.find(':') == std::string_view::npos ? 0 : own.find(':') + 1);
        if (own == name) {
            return attributes[1];
        }
    }
    return {};
}

struct XmlReader::State
{
    XML_Parser parser = XML_ParserCreate(nullptr);
    XmlListener& listener;
    int depth = 0;

    explicit State(XmlListener& heard) : listener(heard) {}
    ~State() { XML_ParserFree(parser); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void stop(const char* why)
    {
        listener.trouble = listener.trouble.empty() ? why : listener.trouble;
        XML_StopParser(parser, XML_FALSE);
    }
    void stopWhereTold()
    {
        if (!listener.trouble.empty()) {
            XML_StopParser(parser, XML_FALSE);
        }
    }
    static std::string_view local(const char* name)
    {
        const std::string_view whole = name;
        const std::size_t colon = whole.find(':');
        return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
    }
    static void XMLCALL begin(void* self, const char* name, const char** attributes)
    {
        auto& state = *static_cast<State*>(self);
        if (++state.depth > kDepthMax) {
            state.stop("nested too deeply");
            return;
        }
        state.listener.begin(local(name), attributes);
        state.stopWhereTold();
    }
    static void XMLCALL end(void* self, const char* name)
    {
        auto& state = *static_cast<State*>(self);
        --state.depth;
        state.listener.end(local(name));
        state.stopWhereTold();
    }
    static void XMLCALL text(void* self, const char* piece, int length)
    {
        auto& state = *static_cast<State*>(self);
        state.listener.text({piece, static_cast<std::size_t>(length)});
        state.stopWhereTold();
    }
    static void XMLCALL doctype(void* self, const char*, const char*, const char*, int)
    {
        static_cast<State*>(self)->stop("a document type declaration");
    }
};

XmlReader::XmlReader(XmlListener& listener) : m_state(std::make_unique<State>(listener))
{
    XML_SetUserData(m_state->parser, m_state.get());
    XML_SetElementHandler(m_state->parser, &State::begin, &State::end);
    XML_SetCharacterDataHandler(m_state->parser, &State::text);
    XML_SetStartDoctypeDeclHandler(m_state->parser, &State::doctype);
}

XmlReader::~XmlReader() = default;

Result<void> XmlReader::feed(std::string_view piece, bool isLast)
{
    if (XML_Parse(m_state->parser, piece.data(), static_cast<int>(piece.size()), isLast ? 1 : 0) ==
        XML_STATUS_ERROR) {
        const std::string& trouble = m_state->listener.trouble;
        return fail(ErrorKind::Invalid,
                    "the file's inside is damaged: " +
                        (trouble.empty() ? std::string(XML_ErrorString(XML_GetErrorCode(m_state->parser)))
                                         : trouble));
    }
    return {};
}

Result<void> XmlReader::feedAll(PackagePart& part)
{
    std::array<char, 65536> room{};
    for (;;) {
        const std::size_t count = TRY(part.read(room));
        TRY(feed({room.data(), count}, count == 0));
        if (count == 0) {
            return {};
        }
    }
}

} // namespace motcua
