// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/correction_letter.h"

#include "app/common/readable_form.h"
#include "core/base/text.h"

#include <array>

namespace motcua {

namespace {

struct Named
{
    std::string_view name;
    const char* label;
};
/// Of a person; those of a field of the form are told behind its label.
constexpr std::array kParts{Named{"name", "họ tên"},         Named{"birth", "ngày sinh"},
                            Named{"gender", "giới tính"},    Named{"personalId", "số định danh"},
                            Named{"oldId", "số giấy tờ cũ"}, Named{"address", "nơi cư trú"},
                            Named{"phone", "điện thoại"},    Named{"email", "thư điện tử"}};
constexpr std::array kMembers{Named{"/applicant", "Người nộp"},
                              Named{"/components", "Thành phần hồ sơ"},
                              Named{"/fees", "Phí, lệ phí"},
                              Named{"/note", "Ghi chú"},
                              Named{"/returnBy", "Cách trả kết quả"},
                              Named{"/channel", "Cách nộp"},
                              Named{"/form/together", "Nhận cùng lượt với"}};
constexpr const char* kNothing = "(không ghi)";
constexpr std::size_t kItemsMax = 100; ///< of a list, on paper

template<std::size_t N> const char* labelIn(const std::array<Named, N>& table, std::string_view name)
{
    for (const Named& named : table) {
        if (named.name == name) {
            return named.label;
        }
    }
    return nullptr;
}

const Field* fieldAt(const Form* form, const std::string& pointer)
{
    return form == nullptr ? nullptr : form->fieldAt(pointer);
}

/// "/form/child/personalId" in two.
std::pair<std::string, std::string> divided(const std::string& pointer)
{
    const std::size_t slash = pointer.rfind('/');
    return {pointer.substr(0, slash), pointer.substr(slash + 1)};
}

std::string itemText(const Json& item)
{
    if (!item.is_object()) {
        return item.is_string() ? item.get<std::string>() : dumpJson(item);
    }
    const std::string name = stringAt(item, "name", stringAt(item, "code"));
    const Json& amount = at(item, "amount");
    const std::string receipt = stringAt(item, "receiptNo");
    return name + (amount.is_number_integer() ? " " + formatDong(amount.get<std::int64_t>()) : "") +
           (receipt.empty() ? "" : ", biên lai số " + receipt);
}

std::string listText(const Json& list)
{
    std::string text;
    for (std::size_t i = 0; i < list.size() && i < kItemsMax; ++i) {
        text += (text.empty() ? "" : "; ") + itemText(list[i]);
    }
    return text;
}

std::string plainText(const Json& value)
{
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "Có" : "Không";
    }
    if (value.is_array()) {
        return listText(value);
    }
    if (value.is_object()) {
        const std::string text = stringAt(value, "text");
        return text.empty() ? itemText(value) : text;
    }
    return value.is_null() ? std::string() : dumpJson(value);
}

} // namespace

std::string pointerLabel(const Form* form, const std::string& pointer)
{
    if (const Field* field = fieldAt(form, pointer)) {
        return field->label;
    }
    if (const char* label = labelIn(kMembers, pointer)) {
        return label;
    }
    const auto [owner, part] = divided(pointer);
    const char* label = labelIn(kParts, part);
    if (owner.empty() || label == nullptr) {
        return pointer;
    }
    const std::string whose = pointerLabel(form, owner);
    return whose + " – " + label;
}

std::string pointerValue(const Form* form, const std::string& pointer, const Json& value)
{
    const Field* field = fieldAt(form, pointer);
    std::string text = field == nullptr ? std::string() : readableValue(*field, value);
    if (text.empty() && divided(pointer).second == "gender") {
        text = value == "male" ? "nam" : value == "female" ? "nữ" : "";
    }
    text = text.empty() ? plainText(value) : text;
    return text.empty() ? kNothing : text;
}

std::vector<PaperSection> correctionSections(const Form* form, const Corrections& corrections)
{
    std::vector<PaperSection> sections;
    for (const Correction& change : corrections.changes) {
        std::string before = pointerValue(form, change.pointer, change.before);
        std::string after = pointerValue(form, change.pointer, change.after);
        PaperSection section{pointerLabel(form, change.pointer), {}};
        section.rows.push_back({"Đã gửi", std::move(before)});
        section.rows.push_back({"Nay sửa thành", std::move(after)});
        sections.push_back(std::move(section));
    }
    return sections;
}

std::string correctionReason(const Corrections& corrections)
{
    std::string reason;
    for (const std::string& one : corrections.reasons) {
        reason += (reason.empty() ? "" : "\n") + one;
    }
    return reason;
}

} // namespace motcua
