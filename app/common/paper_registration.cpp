// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paper_registration.h"

#include "app/common/paper_head.h"
#include "core/base/text.h"
#include "core/books/book_store.h"

#include <algorithm>
#include <array>

namespace motcua {

namespace {

/// The books in which the entry of a wanted copy is looked for, by the words of the request's form.
struct WantedKind
{
    std::string_view words;
    std::string_view book;
};
constexpr std::array kWanted{
    WantedKind{"bản sao Giấy khai sinh", "birth"},
    WantedKind{"trích lục khai sinh", "birth"},
    WantedKind{"trích lục kết hôn", "marriage"},
    WantedKind{"trích lục khai tử", "death"},
    WantedKind{"trích lục thay đổi, cải chính, bổ sung, xác định lại dân tộc", "change"},
    WantedKind{"trích lục nhận cha, mẹ, con", "recognition"},
    WantedKind{"trích lục giám hộ", "guardianship"},
    WantedKind{"trích lục chấm dứt giám hộ", "guardianship-end"},
    WantedKind{"trích lục giám sát việc giám hộ", "guardianship-supervision"},
    WantedKind{"trích lục ghi chú kết hôn", "foreign-event"},
    WantedKind{"trích lục ghi chú ly hôn", "foreign-event"},
};

std::optional<std::int64_t> integerOf(std::string_view text)
{
    const bool isNumber = !text.empty() && text.size() <= 9 &&
                          std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional<std::int64_t>(std::stoll(std::string(text))) : std::nullopt;
}

/// "12/2026", or "12" with the year of the day of registration.
std::optional<std::pair<std::int64_t, std::int64_t>> numberAndYear(const Json& form)
{
    const std::string text = stringAt(form, "entryNumber");
    const auto slash = text.find('/');
    const auto number = integerOf(std::string_view(text).substr(0, slash));
    const std::string day = stringAt(at(form, "entryDate"), "text");
    const auto year = slash != std::string::npos ? integerOf(std::string_view(text).substr(slash + 1))
                      : day.size() >= 4          ? integerOf(std::string_view(day).substr(day.size() - 4))
                                                 : std::nullopt;
    return number && year ? std::optional(std::pair(*number, *year)) : std::nullopt;
}

RegisteredEntry entryFrom(Workplace& place, const BookEntry& entry, const std::string& office, bool asked)
{
    RegisteredEntry found{registrationJson(place, entry, office), entry.current()};
    found.registration["asked"] = asked;
    return found;
}

/// Every name of a person in an entry, folded.
void collectNames(const Json& json, std::vector<std::string>& names)
{
    for (const auto& [key, value] : json.items()) {
        if (key == "name" && value.is_string()) {
            names.push_back(fold(value.get_ref<const std::string&>()));
        } else if (value.is_object()) {
            collectNames(value, names);
        }
    }
}

/// Whether the request means this entry: a number that was mistyped, or that is another commune's, must not
/// bring a stranger's family onto paper. The person's name must stand in the entry, as written then or as it
/// is now.
bool isMeant(const Workplace& place, const Json& form, const BookEntry& entry)
{
    std::vector<std::string> names;
    collectNames(at(at(entry.act, "content"), "form"), names);
    const Json now = entry.current();
    collectNames(at(now, "form"), names);
    const std::string person = fold(stringAt(at(form, "person"), "name"));
    const bool isNamed = !person.empty() && std::find(names.begin(), names.end(), person) != names.end();
    std::string unit = fold(place.identity().unitName);
    constexpr std::string_view kCommittee = "ubnd ";
    unit = unit.substr(unit.starts_with(kCommittee) ? kCommittee.size() : 0);
    const std::string where = fold(stringAt(form, "entryPlace"));
    return isNamed && (where.empty() || where.find(unit) != std::string::npos);
}

/// The entry that a request for copies names; none where it is not in our books, or only on paper.
Result<std::vector<RegisteredEntry>> wantedEntry(Workplace& place, const Json& form,
                                                 const std::string& office)
{
    const std::string words = stringAt(form, "extractKind");
    const auto* wanted = std::find_if(kWanted.begin(), kWanted.end(),
                                      [&](const WantedKind& one) { return one.words == words; });
    const auto number = numberAndYear(form);
    if (wanted == kWanted.end() || !number) {
        return std::vector<RegisteredEntry>{};
    }
    const auto entry = BookStore(place.connection())
                           .entry(bookKey(std::string(wanted->book), number->second), number->first);
    if (!entry) {
        return entry.error().kind == ErrorKind::NotFound ? Result<std::vector<RegisteredEntry>>{}
                                                         : tl::unexpected(entry.error());
    }
    if (entry->cancelled || !isMeant(place, form, *entry)) {
        return std::vector<RegisteredEntry>{};
    }
    return std::vector<RegisteredEntry>{entryFrom(place, *entry, office, true)};
}

} // namespace

std::string registeringOffice(const Workplace& place)
{
    const auto head = paperHeadOf(place.identity(), place.registerFolder());
    std::string office = head ? head->issuer : std::string();
    std::replace(office.begin(), office.end(), '\n', ' ');
    return office;
}

Json registrationJson(const Workplace& place, const BookEntry& entry, const std::string& office)
{
    Json registration = entry.registration();
    const std::string year = std::to_string(at(registration, "year").get<std::int64_t>());
    const BookKind* kind = place.catalogue().bookKind(stringAt(registration, "book"));
    registration["numberText"] = bookNumber(entry.place.number) + '/' + year;
    registration["volumeText"] = bookNumber(entry.place.volume) + '/' + year +
                                 (kind == nullptr || kind->symbol.empty() ? "" : '-' + kind->symbol);
    // Where it was registered is a fact of that day; the unit may be called otherwise since.
    const std::string then = stringAt(entry.act, "office");
    registration["office"] = then.empty() ? office : then;
    if (entry.cancelled) {
        registration["cancelledText"] = "Đã hủy";
    }
    return registration;
}

Result<std::vector<RegisteredEntry>> registeredEntries(Workplace& place, const DossierView& view,
                                                       const std::string& office)
{
    std::vector<RegisteredEntry> entries;
    for (const BookEntry& entry : TRY(BookStore(place.connection()).entriesOf(view.row.uid))) {
        if (!entry.cancelled) {
            entries.push_back(entryFrom(place, entry, office, false));
        }
    }
    return entries.empty() ? wantedEntry(place, at(view.dossier, "form"), office) : entries;
}

} // namespace motcua
