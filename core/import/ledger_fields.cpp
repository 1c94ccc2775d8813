// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/ledger_fields.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace motcua {

namespace {

constexpr std::array kBooks{
    LedgerBook{"birth", "Sổ đăng ký khai sinh"},
    LedgerBook{"marriage", "Sổ đăng ký kết hôn"},
    LedgerBook{"death", "Sổ đăng ký khai tử"},
    LedgerBook{"guardianship", "Sổ đăng ký giám hộ"},
    LedgerBook{"guardianship-end", "Sổ đăng ký chấm dứt giám hộ"},
    LedgerBook{"guardianship-supervision", "Sổ đăng ký giám sát việc giám hộ"},
    LedgerBook{"recognition", "Sổ đăng ký nhận cha, mẹ, con"},
    LedgerBook{"change", "Sổ đăng ký thay đổi, cải chính, bổ sung hộ tịch"},
    LedgerBook{"marital-status", "Sổ cấp giấy xác nhận tình trạng hôn nhân"},
    LedgerBook{"foreign-event", "Sổ ghi chú việc hộ tịch ở nước ngoài"},
    LedgerBook{"copies", "Sổ chứng thực bản sao (SCT/BS)"},
    LedgerBook{"signatures", "Sổ chứng thực chữ ký (SCT/CK,ĐC)"},
    LedgerBook{"translators", "Sổ chứng thực chữ ký người dịch (SCT/CKND)"},
    LedgerBook{"transactions", "Sổ chứng thực hợp đồng, giao dịch (SCT/HĐ,GD)"},
    LedgerBook{"other", "Sổ khác"},
};

constexpr std::array kFields{
    LedgerField{"number", "Số đăng ký", LedgerKind::Number, "so|so dang ky|so thu tu|stt|so chung thuc"},
    LedgerField{"volume", "Quyển số", LedgerKind::Text, "quyen|quyen so"},
    LedgerField{"year", "Năm của sổ", LedgerKind::Year, "nam|nam dang ky|nam so"},
    LedgerField{"registeredOn", "Ngày đăng ký", LedgerKind::Date,
                "ngay dang ky|ngay thang dang ky|ngay vao so|ngay chung thuc"},
    LedgerField{"registration", "Loại đăng ký", LedgerKind::Text, "loai dang ky|dang ky"},
    LedgerField{
        "person.name", "Họ tên", LedgerKind::Name,
        "ho ten|ho va ten|ten|ho chu dem ten|ho ten tre|ho ten con|ho ten nguoi chet|ho ten khai sinh"},
    LedgerField{"person.birth", "Ngày sinh", LedgerKind::Date,
                "ngay sinh|ngay thang nam sinh|nam sinh|sinh ngay"},
    LedgerField{"person.gender", "Giới tính", LedgerKind::Sex, "gioi tinh|nam nu|phai"},
    LedgerField{"person.ethnicGroup", "Dân tộc", LedgerKind::Text, "dan toc"},
    LedgerField{"person.nationality", "Quốc tịch", LedgerKind::Text, "quoc tich"},
    LedgerField{"person.personalId", "Số định danh, CMND", LedgerKind::Id,
                "so dinh danh|cmnd|cccd|so cmnd|so cccd|so giay to"},
    LedgerField{"person.birthPlace", "Nơi sinh", LedgerKind::Place, "noi sinh"},
    LedgerField{"person.hometown", "Quê quán", LedgerKind::Place, "que quan|nguyen quan"},
    LedgerField{"person.address", "Nơi cư trú", LedgerKind::Place,
                "noi cu tru|dia chi|cho o|noi o|thuong tru|noi thuong tru|ho khau"},
    LedgerField{"father.name", "Họ tên cha", LedgerKind::Name,
                "ho ten cha|cha|ten cha|ho va ten cha|bo|ho ten bo"},
    LedgerField{"father.birth", "Năm sinh của cha", LedgerKind::Date, "nam sinh cha|ngay sinh cha"},
    LedgerField{"father.address", "Nơi cư trú của cha", LedgerKind::Place, "dia chi cha|noi cu tru cha"},
    LedgerField{"father.personalId", "Giấy tờ của cha", LedgerKind::Id, "cmnd cha|so dinh danh cha"},
    LedgerField{"mother.name", "Họ tên mẹ", LedgerKind::Name, "ho ten me|me|ten me|ho va ten me"},
    LedgerField{"mother.birth", "Năm sinh của mẹ", LedgerKind::Date, "nam sinh me|ngay sinh me"},
    LedgerField{"mother.address", "Nơi cư trú của mẹ", LedgerKind::Place, "dia chi me|noi cu tru me"},
    LedgerField{"mother.personalId", "Giấy tờ của mẹ", LedgerKind::Id, "cmnd me|so dinh danh me"},
    LedgerField{"husband.name", "Họ tên chồng", LedgerKind::Name, "ho ten chong|chong|ho ten nam|ben nam"},
    LedgerField{"husband.birth", "Ngày sinh của chồng", LedgerKind::Date, "ngay sinh chong|nam sinh chong"},
    LedgerField{"husband.address", "Nơi cư trú của chồng", LedgerKind::Place,
                "noi cu tru chong|dia chi chong"},
    LedgerField{"husband.personalId", "Giấy tờ của chồng", LedgerKind::Id, "cmnd chong|so dinh danh chong"},
    LedgerField{"wife.name", "Họ tên vợ", LedgerKind::Name, "ho ten vo|vo|ho ten nu|ben nu"},
    LedgerField{"wife.birth", "Ngày sinh của vợ", LedgerKind::Date, "ngay sinh vo|nam sinh vo"},
    LedgerField{"wife.address", "Nơi cư trú của vợ", LedgerKind::Place, "noi cu tru vo|dia chi vo"},
    LedgerField{"wife.personalId", "Giấy tờ của vợ", LedgerKind::Id, "cmnd vo|so dinh danh vo"},
    LedgerField{"death.date", "Ngày chết", LedgerKind::Date, "ngay chet|chet ngay|ngay mat|ngay tu tran"},
    LedgerField{"death.place", "Nơi chết", LedgerKind::Place, "noi chet|noi mat"},
    LedgerField{"death.cause", "Nguyên nhân chết", LedgerKind::Text, "nguyen nhan|ly do chet"},
    LedgerField{"requester.name", "Người đi đăng ký", LedgerKind::Name,
                "nguoi khai|nguoi di khai|nguoi di dang ky|nguoi yeu cau|ho ten nguoi khai"},
    LedgerField{"requester.relation", "Quan hệ của người khai", LedgerKind::Text, "quan he"},
    LedgerField{"requester.personalId", "Giấy tờ của người khai", LedgerKind::Id, "cmnd nguoi khai"},
    LedgerField{"content", "Nội dung", LedgerKind::Text, "noi dung|loai viec|ten giay to|trich yeu"},
    LedgerField{"performer.name", "Người thực hiện", LedgerKind::Text,
                "nguoi thuc hien|can bo|can bo ho tich"},
    LedgerField{"signer.name", "Người ký", LedgerKind::Text, "nguoi ky"},
    LedgerField{"signer.title", "Chức vụ người ký", LedgerKind::Text, "chuc vu"},
    LedgerField{"note", "Ghi chú", LedgerKind::Text, "ghi chu"},
};

} // namespace

std::span<const LedgerField> ledgerFields()
{
    return kFields;
}

const LedgerField* ledgerField(std::string_view name)
{
    const auto* const found = std::find_if(kFields.begin(), kFields.end(),
                                           [&](const LedgerField& field) { return field.name == name; });
    return found == kFields.end() ? nullptr : found;
}

const LedgerField* fieldForTitle(std::string_view title)
{
    std::string words;
    for (const std::string& word : foldedWords(title)) {
        const bool isFiller = word == "cua" || word == "nguoi" || word == "duoc";
        words += isFiller && !words.empty() ? "" : (words.empty() ? "" : " ") + word;
    }
    const std::string sought = "|" + words + "|";
    for (const LedgerField& field : kFields) {
        const std::string titles = "|" + std::string(field.titles) + "|";
        if (!words.empty() && (titles.find(sought) != std::string::npos || fold(field.label) == words)) {
            return &field;
        }
    }
    return nullptr;
}

std::span<const LedgerBook> ledgerBooks()
{
    return kBooks;
}

std::optional<std::string_view> ledgerBookLabel(std::string_view kind)
{
    const auto* const found =
        std::find_if(kBooks.begin(), kBooks.end(), [&](const LedgerBook& book) { return book.kind == kind; });
    return found == kBooks.end() ? std::nullopt : std::optional(found->label);
}

} // namespace motcua
