// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/paper_head.h"

#include "core/base/file.h"

#include <array>

namespace motcua {

namespace {

constexpr std::size_t kBytesMax = 64 * 1024;

/// "UBND xã Phúc Thọ" is that of "xã Phúc Thọ"; empty when the name says no kind of commune.
std::string communeOf(const std::string& unitName)
{
    for (const char* kind : {" xã ", " phường ", " đặc khu "}) {
        const std::size_t found = unitName.find(kind);
        if (found != std::string::npos) {
            return unitName.substr(found + 1);
        }
    }
    return {};
}

/// … and lies in "Phúc Thọ".
std::string placeOf(const std::string& unitName)
{
    const std::string commune = communeOf(unitName);
    for (const std::string_view kind : {"xã ", "phường ", "đặc khu "}) {
        if (commune.starts_with(kind)) {
            return commune.substr(kind.size());
        }
    }
    return unitName;
}

/// "Trung tâm Phục vụ hành chính công xã Phúc Thọ", in two lines on the paper: the usual name since the
/// two-level model. A city with one centre for all writes its own into head.json.
std::string centreOf(const std::string& unitName)
{
    const std::string commune = communeOf(unitName);
    return "Trung tâm Phục vụ hành chính công" + (commune.empty() ? std::string() : '\n' + commune);
}

/// "Ủy ban nhân dân", and below it of which commune: civil-status papers are the committee's, not the
/// centre's.
std::string issuerOf(const std::string& unitName)
{
    const std::string commune = communeOf(unitName);
    return commune.empty() ? unitName : "Ủy ban nhân dân\n" + commune;
}

struct Member
{
    std::string_view name;
    std::string PaperHead::*field;
};
constexpr std::array kMembers{
    Member{"governingBody", &PaperHead::governingBody},
    Member{"centre", &PaperHead::centre},
    Member{"place", &PaperHead::place},
    Member{"numberSuffix", &PaperHead::numberSuffix},
    Member{"contact", &PaperHead::contact},
    Member{"issuer", &PaperHead::issuer},
};

Result<void> takeOver(const Json& json, const std::string& file, PaperHead& head)
{
    if (!json.is_object()) {
        return fail(ErrorKind::Invalid, file + ": phải là một đối tượng JSON");
    }
    for (const auto& [name, value] : json.items()) {
        if (name == "numberSlot" && value.is_number_integer() && value >= 1 && value <= 9) {
            head.numberSlot = value.get<int>();
            continue;
        }
        const auto* member = std::find_if(kMembers.begin(), kMembers.end(),
                                          [name = name](const Member& one) { return one.name == name; });
        if (member == kMembers.end() || !value.is_string()) {
            return fail(ErrorKind::Invalid, file + ": " + name);
        }
        head.*(member->field) = value.get<std::string>();
    }
    return {};
}

} // namespace

std::filesystem::path unitPaperFolder(const std::filesystem::path& registerFolder)
{
    return registerFolder / "papers";
}

Result<PaperHead> paperHeadOf(const RegisterIdentity& identity, const std::filesystem::path& registerFolder)
{
    PaperHead head;
    head.governingBody = identity.unitName;
    head.centre = centreOf(identity.unitName);
    head.place = placeOf(identity.unitName);
    head.numberSuffix = "TTPVHCC";
    head.issuer = issuerOf(identity.unitName);
    const auto file = unitPaperFolder(registerFolder) / "head.json";
    const auto text = readFile(file, kBytesMax);
    if (!text) {
        if (text.error().kind == ErrorKind::NotFound) {
            return head;
        }
        return tl::unexpected(text.error());
    }
    const auto json = parseJson(*text);
    if (!json) {
        return fail(ErrorKind::Invalid, file.string() + ": " + json.error().detail);
    }
    TRY(takeOver(*json, file.string(), head));
    return head;
}

} // namespace motcua
