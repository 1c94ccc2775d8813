// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of changes and the cursors between them.
#include "core/base/hash.h"
#include "sync/reference_portal/portal.h"

#include <charconv>
#include <limits>
#include <sodium.h>

namespace motcua::portal {

namespace {

constexpr std::size_t kMacHexDigits = 32;

/// The next part of a cursor, up to its dot.
std::string_view part(std::string_view& text)
{
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string_view head = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
    return head;
}

std::int64_t numberOf(std::string_view text)
{
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string quoted(const std::string& text)
{
    return dumpJson(Json(text));
}

/// Written by hand: the dossiers are text already and need not be read for it, and ids need no escapes.
std::string changeText(const ChangeRow& row)
{
    std::string text = R"({"by":)" + quoted(row.by) + R"(,"dossier":)" + row.dossier;
    if (row.gone) {
        text += R"(,"gone":true)";
    }
    if (row.op) {
        text += R"(,"op":")" + *row.op + '"';
    }
    text += R"(,"rev":")" + row.rev + R"(","seq":)" + std::to_string(row.seq) + R"(,"uid":")" + row.uid;
    return text + "\"}";
}

} // namespace

// mode.at.end.epoch.mac: the MAC tells a cursor that was given from one that never was, and binds it to its
// unit.
Result<std::string> Portal::cursorText(const Device& device, char mode, std::int64_t at, std::int64_t end)
{
    const std::string text = std::string(1, mode) + "." + std::to_string(at) + "." + std::to_string(end) +
                             "." + TRY(keys().epoch());
    return text + "." + TRY(cursorMac(device.unit, text));
}

Result<std::string> Portal::cursorMac(const std::string& unit, std::string_view text)
{
    const auto key = fromHex(TRY(keys().setting("cursor-key")));
    if (!key || key->size() != crypto_auth_hmacsha256_KEYBYTES) {
        return fail(ErrorKind::Damaged, "the portal's cursor key is not readable");
    }
    const std::string bound = unit + "|" + std::string(text);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                           reinterpret_cast<const unsigned char*>(bound.data()), bound.size(),
                           reinterpret_cast<const unsigned char*>(key->data()));
    return toHex(mac).substr(0, kMacHexDigits);
}

Result<Reply<Portal::Cursor>> Portal::readCursor(const Device& device, const std::string& text)
{
    const auto refuse = [](ProblemType type) { return Reply<Cursor>(tl::unexpected(problemOf(type))); };
    const std::size_t dot = text.rfind('.');
    if (dot == std::string::npos ||
        text.substr(dot + 1) != TRY(cursorMac(device.unit, text.substr(0, dot)))) {
        return refuse(ProblemType::BadRequest); // never given
    }
    std::string_view rest = std::string_view(text).substr(0, dot);
    Cursor cursor;
    cursor.isListing = part(rest) == "l";
    cursor.at = numberOf(part(rest));
    cursor.end = numberOf(part(rest));
    const bool isFuture = std::max(cursor.at, cursor.end) > TRY(dossiers().latestSeq(device.unit));
    if (rest != TRY(keys().epoch()) || isFuture) {
        return refuse(ProblemType::CursorGone);
    }
    return Reply<Cursor>(cursor);
}

/// Where the next page begins.
Result<std::string> Portal::cursorAfter(const Device& device, const Cursor& cursor,
                                        const DossierStore::Rows& page)
{
    const std::int64_t last = page.rows.empty() ? cursor.at : page.rows.back().seq;
    if (!cursor.isListing) {
        return cursorText(device, 'c', last, 0);
    }
    return page.more ? cursorText(device, 'l', last, cursor.end) : cursorText(device, 'c', cursor.end, 0);
}

// Without a cursor the present states are listed up to the seq at which the listing began; what changes
// meanwhile comes after it. Seqs are given out and committed by one writer in order, so none becomes
// visible below a cursor.
Result<Reply<PageText>> Portal::changes(const Device& device, const ChangesQuery& query)
{
    const auto moment = TRY(keys().moment());
    const std::int64_t latest = TRY(dossiers().latestSeq(device.unit));
    Cursor cursor{true, 0, latest};
    if (query.cursor) {
        const auto read = TRY(readCursor(device, *query.cursor));
        if (!read) {
            return Reply<PageText>(tl::unexpected(read.error()));
        }
        cursor = *read;
    }
    const std::int64_t upTo = cursor.isListing ? cursor.end : std::numeric_limits<std::int64_t>::max();
    const DossierStore::Range range{cursor.at, upTo, query.limit, kPageBytesMax - 4096};
    auto found = cursor.isListing ? dossiers().presentStates(device.unit, range)
                                  : dossiers().changes(device.unit, range);
    const auto page = TRY(std::move(found));
    const std::string next = TRY(cursorAfter(device, cursor, page));
    const std::string epoch = TRY(keys().epoch());
    const bool isListingDone = cursor.isListing && !page.more;
    const bool more = page.more || (isListingDone && latest > cursor.end);
    std::string json = R"({"changes":[)";
    for (const ChangeRow& row : page.rows) {
        json += (json.back() == '[' ? "" : ",") + changeText(row);
    }
    json += R"(],"cursor":)" + quoted(next) + R"(,"more":)" + (more ? "true" : "false") +
            R"(,"portalEpoch":)" + quoted(epoch) + "}";
    return Reply<PageText>(PageText{std::move(json), page.rows.empty() && !more});
}

} // namespace motcua::portal
