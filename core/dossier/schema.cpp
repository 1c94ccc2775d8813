// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dossier/schema.h"

#include "core/dossier/schema_checker.h"
#include "core/dossier/status.h"

#include <array>
#include <limits>

namespace motcua {

namespace {

using C = SchemaChecker;
using Member = SchemaChecker::Member;
constexpr auto kRequired = SchemaChecker::Presence::Required;
constexpr auto kOptional = SchemaChecker::Presence::Optional;
constexpr std::int64_t kFileBytesMax = 20971520;

template<std::size_t most> void textUpTo(C& c, const Json& value, const std::string& pointer)
{
    c.text(value, pointer, most);
}
template<std::size_t most> void textOrNullUpTo(C& c, const Json& value, const std::string& pointer)
{
    c.textOrNull(value, pointer, most);
}
template<std::size_t digits> void digitsOrNull(C& c, const Json& value, const std::string& pointer)
{
    c.digitsOrNull(value, pointer, digits);
}
template<std::int64_t least, std::int64_t most>
void integerIn(C& c, const Json& value, const std::string& pointer)
{
    c.integer(value, pointer, least, most);
}
void instant(C& c, const Json& value, const std::string& pointer)
{
    c.instant(value, pointer);
}
void instantOrNull(C& c, const Json& value, const std::string& pointer)
{
    c.instantOrNull(value, pointer);
}

void code(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !isDossierCode(value.get_ref<const std::string&>())) {
        c.add(pointer, "pattern", "Mã hồ sơ không đúng dạng H26.131-261121-1001.");
    }
}

void sha256Hex(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !isLowerHex(value.get_ref<const std::string&>(), 64)) {
        c.add(pointer, "pattern", "Mã băm SHA-256 phải là 64 chữ số hệ 16 viết thường.");
    }
}

void channel(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 3> kNames{"counter", "online", "post"};
    c.oneOf(value, pointer, kNames);
}

void returnBy(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 2> kNames{"counter", "post"};
    c.oneOf(value, pointer, kNames);
}

void evidence(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 3> kNames{"handed-in", "shown", "looked-up"};
    c.oneOf(value, pointer, kNames);
}

void fileType(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 3> kNames{"application/pdf", "image/jpeg", "image/png"};
    c.oneOf(value, pointer, kNames);
}

void gender(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 3> kNames{"male", "female", "unknown"};
    c.oneOf(value, pointer, kNames);
}

void precision(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array<std::string_view, 3> kNames{"year", "month", "day"};
    c.oneOf(value, pointer, kNames);
}

void status(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_string() || !parseStatus(value.get_ref<const std::string&>())) {
        c.add(pointer, "enum", "Không có trạng thái này.");
    }
}

void file(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"name", kRequired, textUpTo<200>},
        Member{"sha256", kRequired, sha256Hex},
        Member{"size", kRequired, integerIn<1, kFileBytesMax>},
        Member{"type", kRequired, fileType},
    };
    c.object(value, pointer, kMembers);
}

void files(C& c, const Json& value, const std::string& pointer)
{
    c.array(value, pointer, 20, file);
}

void component(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"code", kRequired, textUpTo<60>},        Member{"name", kRequired, textUpTo<500>},
        Member{"evidence", kOptional, evidence},        Member{"originals", kRequired, integerIn<0, 999>},
        Member{"copies", kRequired, integerIn<0, 999>}, Member{"files", kOptional, files},
    };
    c.object(value, pointer, kMembers);
}

void components(C& c, const Json& value, const std::string& pointer)
{
    c.array(value, pointer, 100, component);
}

void fee(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"code", kRequired, textUpTo<60>},
        Member{"amount", kRequired, integerIn<0, std::numeric_limits<std::int64_t>::max()>},
        Member{"paidAt", kOptional, instantOrNull},
        Member{"receiptNo", kOptional, textOrNullUpTo<60>},
    };
    c.object(value, pointer, kMembers);
}

void fees(C& c, const Json& value, const std::string& pointer)
{
    c.array(value, pointer, 50, fee);
}

void eventDate(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"text", kRequired, textUpTo<10>},
        Member{"precision", kRequired, precision},
    };
    if (value.is_null()) {
        return;
    }
    c.object(value, pointer, kMembers);
    if (c.rules().dates == LifeDates::AsWritten || !at(value, "text").is_string() ||
        !at(value, "precision").is_string()) {
        return;
    }
    if (!isCalendarDate(stringAt(value, "text"), stringAt(value, "precision"))) {
        c.add(pointer, "date", "Ngày không có thật hoặc không đúng dạng 21/06/1984, 06/1984, 1984.");
    }
}

void personName(C& c, const Json& value, const std::string& pointer)
{
    c.text(value, pointer, 120, 1);
}

void person(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"name", kRequired, personName},       Member{"personalId", kOptional, digitsOrNull<12>},
        Member{"oldId", kOptional, digitsOrNull<9>}, Member{"birth", kOptional, eventDate},
        Member{"gender", kOptional, gender},         Member{"address", kOptional, textUpTo<500>},
        Member{"phone", kOptional, textUpTo<30>},    Member{"email", kOptional, textUpTo<120>},
    };
    c.object(value, pointer, kMembers);
}

/// Counts containers: an object of scalars is depth 1. Stops at the limit, so it never runs deep.
bool deeperThan(const Json& value, int limit)
{
    if (!value.is_structured()) {
        return false;
    }
    if (limit == 0) {
        return true;
    }
    for (const Json& item : value) {
        if (deeperThan(item, limit - 1)) {
            return true;
        }
    }
    return false;
}

std::size_t compactSize(const std::string& text)
{
    std::size_t size = text.size() + 2;
    for (const char c : text) {
        const bool isShort = c == '"' || c == '\\' || (c >= '\b' && c <= '\r' && c != '\v');
        size += isShort ? 1 : (static_cast<unsigned char>(c) < 0x20 ? 5 : 0);
    }
    return size;
}

/// The size of dumpJson(value) without making it: every save and every operation asks.
std::size_t compactSize(const Json& value)
{
    if (value.is_string()) {
        return compactSize(value.get_ref<const std::string&>());
    }
    if (!value.is_structured()) {
        return dumpJson(value).size();
    }
    std::size_t size = 2 + (value.empty() ? 0 : value.size() - 1);
    for (auto item = value.begin(); item != value.end(); ++item) {
        size += compactSize(*item) + (value.is_object() ? compactSize(item.key()) + 1 : 0);
    }
    return size;
}

void form(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_object()) {
        c.add(pointer, "type", "Phải là một nhóm trường.");
    } else if (deeperThan(value, kFormDepthMax)) {
        c.add(pointer, "depth", "Tờ khai lồng quá 8 cấp.");
    } else if (compactSize(value) > kFormBytesMax) {
        c.add(pointer, "size", "Tờ khai lớn quá 128 KiB.");
    }
}

void dossier(C& c, const Json& value, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"code", kRequired, code},
        Member{"officialCode", kOptional, textOrNullUpTo<60>},
        Member{"procedure", kRequired, textUpTo<40>},
        Member{"channel", kRequired, channel},
        Member{"returnBy", kOptional, returnBy},
        Member{"status", kRequired, status},
        Member{"receivedAt", kRequired, instant},
        Member{"dueAt", kOptional, instantOrNull},
        Member{"finishedAt", kOptional, instantOrNull},
        Member{"returnedAt", kOptional, instantOrNull},
        Member{"applicant", kRequired, person},
        Member{"form", kRequired, form},
        Member{"components", kOptional, components},
        Member{"results", kOptional, files},
        Member{"fees", kOptional, fees},
        Member{"note", kOptional, textUpTo<4000>},
        Member{"catalogue", kOptional, textUpTo<60>},
    };
    c.object(value, pointer, kMembers);
}

void patchSet(C& c, const Json& value, const std::string& pointer)
{
    if (!value.is_object()) {
        c.add(pointer, "type", "Phải là một nhóm trường.");
    } else if (value.empty()) {
        c.add(pointer, "required", "Phải đổi ít nhất một trường.");
    }
}

Problems checked(SchemaChecker::Check check, const Json& value, SchemaRules rules, const std::string& pointer)
{
    SchemaChecker checker(rules);
    check(checker, value, pointer);
    return checker.take();
}

Problems checkedMembers(std::span<const Member> members, const Json& value, const std::string& pointer)
{
    SchemaChecker checker(kContractRules);
    checker.object(value, pointer, members);
    return checker.take();
}

} // namespace

Problems validateDossier(const Json& value, SchemaRules rules, const std::string& pointer)
{
    return checked(dossier, value, rules, pointer);
}

Problems validatePerson(const Json& value, SchemaRules rules, const std::string& pointer)
{
    return checked(person, value, rules, pointer);
}

Problems validateEventDate(const Json& value, SchemaRules rules, const std::string& pointer)
{
    return checked(eventDate, value, rules, pointer);
}

Problems validateForm(const Json& value, const std::string& pointer)
{
    return checked(form, value, kContractRules, pointer);
}

Problems validatePatchBody(const Json& body, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"set", kRequired, patchSet},
        Member{"reason", kOptional, textUpTo<2000>},
    };
    return checkedMembers(kMembers, body, pointer);
}

Problems validateMoveBody(const Json& body, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"to", kRequired, status},
        Member{"note", kOptional, textUpTo<2000>},
        Member{"dueAt", kOptional, instantOrNull},
        Member{"results", kOptional, files},
    };
    return checkedMembers(kMembers, body, pointer);
}

Problems validateCancelBody(const Json& body, const std::string& pointer)
{
    static constexpr std::array kMembers{
        Member{"reason", kRequired, textUpTo<2000>},
    };
    return checkedMembers(kMembers, body, pointer);
}

} // namespace motcua
