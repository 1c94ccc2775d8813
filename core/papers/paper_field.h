// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace motcua {

/// How a value is written on a paper.
enum class FieldForm
{
    Text,      ///< as it was typed
    Place,     ///< the same; an address may take four lines
    Name,      ///< in capitals with their marks (TT 04/2020/TT-BTP, Điều 30)
    Date,      ///< figures, as precise as it is known: "10/11/2026", "06/1984", "1984"
    DateWords, ///< "Ngày mười tháng mười một năm …"
    Year,      ///< of a date
    LongDay,   ///< "ngày 10 tháng 11 năm 2026"
    Time,      ///< "14:05" as "14 giờ 05 phút"
    Gender,    ///< "Nam", "Nữ"
    Number,    ///< two digits at least: "02"
    Money,     ///< "21.000 đồng"
    Identity,  ///< a personal number with what it is before it; a sentence about a paper as it stands
    YesNo,     ///< "Có", "Không"
};

/// One value of a paper: where it comes from and how it is written.
struct PaperField
{
    std::string name;              ///< "childName", as a template says `field.childName`
    std::string label;             ///< "Họ, chữ đệm, tên"
    std::vector<std::string> from; ///< pointers into the paper's context; the first that holds something
    FieldForm form = FieldForm::Text;
    bool required = false;  ///< without it the paper is not made
    bool strong = false;    ///< printed in bold
    std::int64_t share = 0; ///< of its line's width; 0: in proportion to the others
    Json sample;            ///< an ordinary value, as it stands in a dossier
};

/// Field forms by their names in papers*.json ("date-words"); empty name: Text.
[[nodiscard]] Result<PaperField> paperFieldFromJson(const Source& source);
[[nodiscard]] std::string_view fieldFormName(FieldForm form);

/// The field's text in this context; empty where nothing is known.
[[nodiscard]] std::string fieldText(const PaperField& field, const Json& context);

/// The longest value that papers must hold: a name of 120 letters, an address of four lines.
[[nodiscard]] Json longestSample(FieldForm form, const Json& ordinary = {});

} // namespace motcua
