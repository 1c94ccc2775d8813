// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalogue/term.h"

#include <array>

namespace motcua {

namespace {

struct UnitRow
{
    TermUnit unit;
    const char* name;
    bool counts; ///< has a number
    const char* text;
};

constexpr std::array<UnitRow, 8> kUnits{{
    {TermUnit::SameDay, "same_day", false, "Trong ngày"},
    {TermUnit::SameDay15h, "same_day_15h", false,
     "Trong ngày; nhận sau 15:00 thì trong ngày làm việc tiếp theo"},
    {TermUnit::WorkingDay, "working_day", true, "ngày làm việc"},
    {TermUnit::CalendarDay, "day", true, "ngày"},
    {TermUnit::WorkingHour, "working_hour", true, "giờ làm việc"},
    {TermUnit::SeePortal, "see_portal", false, "Chưa có thời hạn trong danh mục"},
    {TermUnit::OtherAgency, "other_agency", false, "Thuộc thẩm quyền cơ quan khác"},
    {TermUnit::Repealed, "repealed", false, "Thủ tục đã bãi bỏ"},
}};

constexpr int kLongest = 3650; // ten years of days; a slip of the finger, not a term

const UnitRow& rowOf(TermUnit unit)
{
    for (const UnitRow& row : kUnits) {
        if (row.unit == unit) {
            return row;
        }
    }
    return kUnits.back();
}

Result<TermSpan> spanFromJson(const Json& json)
{
    const std::string name = stringAt(json, "unit");
    for (const UnitRow& row : kUnits) {
        if (name != row.name) {
            continue;
        }
        const Json& n = at(json, "n");
        if (!row.counts) {
            if (!n.is_null() && n != 0) {
                return fail(ErrorKind::Invalid, "a term of unit " + name + " has no number");
            }
            return TermSpan{0, row.unit};
        }
        if (!n.is_number_integer() || n.get<std::int64_t>() < 1 || n.get<std::int64_t>() > kLongest) {
            return fail(ErrorKind::Invalid,
                        "a term of unit " + name + " needs a number from 1 to " + std::to_string(kLongest));
        }
        return TermSpan{n.get<int>(), row.unit};
    }
    return fail(ErrorKind::Invalid,
                "a term has no unit " + (name.empty() ? "(missing)" : name.substr(0, 30)));
}

Result<TermExtension> extensionFromJson(const Json& json)
{
    TermExtension extension;
    extension.condition = stringAt(json, "cond");
    const std::string mode = stringAt(json, "mode");
    if (mode != "total" && mode != "addition") {
        return fail(ErrorKind::Invalid, "an extension's mode is total or addition");
    }
    extension.mode = mode == "total" ? ExtensionMode::Total : ExtensionMode::Addition;
    if (at(json, "by_agreement") == true) {
        return extension;
    }
    extension.span = TRY(spanFromJson(json));
    if (!rowOf(extension.span->unit).counts) {
        return fail(ErrorKind::Invalid, "an extension counts days or hours");
    }
    return extension;
}

} // namespace

std::string toString(TermUnit unit)
{
    return rowOf(unit).name;
}

TermSpan Term::spanFor(const std::string& channel) const
{
    const auto found = byChannel.find(channel);
    return found == byChannel.end() ? span : found->second;
}

Result<Term> termFromJson(const Json& json)
{
    if (!json.is_object()) {
        return fail(ErrorKind::Invalid, "a term must be an object");
    }
    Term term;
    term.span = TRY(spanFromJson(json));
    const Json& extend = at(json, "extend");
    if (!extend.is_null()) {
        term.extension = TRY(extensionFromJson(extend));
    }
    const Json& channels = at(json, "channels");
    if (!channels.is_null() && !channels.is_object()) {
        return fail(ErrorKind::Invalid, "a term's channels must be an object");
    }
    for (const auto& [channel, span] : channels.items()) {
        term.byChannel[channel] = TRY(spanFromJson(span));
    }
    return term;
}

std::string termText(const TermSpan& span)
{
    const UnitRow& row = rowOf(span.unit);
    if (!row.counts) {
        return row.text;
    }
    // Papers write single figures with a zero before them, so that nobody can add one.
    return (span.n < 10 ? "0" : "") + std::to_string(span.n) + " " + row.text;
}

} // namespace motcua
