// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/books/book_page.h"

#include "core/dossier/patch.h"

namespace motcua {

namespace {

/// What stands beside an entry as papers print it; a cancellation is one as well.
Json annotationOf(const Json& note)
{
    const bool cancels = stringAt(note, "act") == "cancelled";
    return {{"date", stringAt(note, "date")},
            {"content", cancels ? "Hủy: " + stringAt(note, "reason") : stringAt(note, "content")},
            {"basis", stringAt(note, "basis")},
            {"issuer", stringAt(note, "issuer")},
            {"signer", at(note, "signer")}};
}

/// Puts a value at a pointer whose parents exist; the acts were checked when they were written.
void put(Json& content, const std::string& pointer, const Json& value)
{
    const auto tokens = pointerTokens(pointer);
    Json* parent = &content;
    for (std::size_t i = 0; tokens && i + 1 < tokens->size(); ++i) {
        parent = parent->is_object() && parent->contains((*tokens)[i]) ? &(*parent)[(*tokens)[i]] : nullptr;
        if (parent == nullptr) {
            return;
        }
    }
    if (tokens && !tokens->empty() && parent->is_object()) {
        (*parent)[tokens->back()] = value;
    }
}

} // namespace

Json BookEntry::current() const
{
    Json content = at(act, "content");
    for (const Json& note : notes) {
        for (const auto& item : at(note, "set").items()) {
            put(content, item.key(), item.value());
        }
    }
    return content;
}

Json BookEntry::registration() const
{
    Json annotations = Json::array();
    for (const Json& note : notes) {
        annotations.push_back(annotationOf(note));
    }
    const auto key = parseBookKey(book);
    return {{"book", key ? key->first : book},
            {"year", key ? key->second : 0},
            {"volume", place.volume},
            {"page", place.page},
            {"number", place.number},
            {"numberText", bookNumber(place.number)},
            {"registeredOn", stringAt(act, "registeredOn")},
            {"type", stringAt(act, "type")},
            {"performer", stringAt(act, "performer")},
            {"signer", at(act, "signer")},
            {"cancelled", cancelled},
            {"annotations", std::move(annotations)}};
}

std::string bookNumber(std::int64_t number)
{
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? '0' + digits : digits;
}

Json toJson(const BookPage& page)
{
    Json entries = Json::array();
    for (const BookEntry& entry : page.entries) {
        Json row = entry.registration();
        row["content"] = at(entry.act, "content");
        row["current"] = entry.current();
        row["line"] = entry.place.line;
        row["code"] = stringAt(entry.act, "code");
        entries.push_back(std::move(row));
    }
    return {{"kind", page.kind},
            {"year", page.year},
            {"volume", page.volume},
            {"page", page.page},
            {"entriesPerPage", page.entriesPerPage},
            {"isFull", page.isFull},
            {"entries", std::move(entries)},
            {"entriesHere", page.entriesHere},
            {"cancelledHere", page.cancelledHere},
            {"lastNumber", page.lastNumber},
            {"entriesSoFar", page.entriesSoFar},
            {"cancelledSoFar", page.cancelledSoFar},
            {"carried", page.carried},
            {"chain", toHex(page.chain)},
            {"chainCode", page.chainCode},
            {"isClosed", page.isClosed},
            {"totals", toJson(page.totals)}};
}

} // namespace motcua
