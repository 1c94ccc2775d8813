// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/sample_drafts.h"

#include "core/base/check.h"
#include "core/dossier/draft.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace motcua {

namespace {

// What stands most often in front of the desk, by the shares that communes publish: copies first.
constexpr std::array<std::string_view, 10> kUsual{"2.000815", "2.000815", "2.000815", "2.000815", "1.001193",
                                                  "1.001193", "2.000635", "2.000635", "1.004873", "1.004873"};
constexpr std::array<std::string_view, 5> kDocuments{"Bằng tốt nghiệp trung học phổ thông",
                                                     "Căn cước công dân", "Giấy khai sinh", "Học bạ",
                                                     "Giấy chứng nhận quyền sử dụng đất"};
constexpr std::array<std::string_view, 4> kMatters{"Nộp cho cơ quan", "Bổ sung hồ sơ đi học",
                                                   "Giải quyết chế độ", "Theo đơn kèm theo"};

bool mentions(const std::string& pointer, std::string_view word)
{
    return pointer.find(word) != std::string::npos;
}

SampleRole roleAt(const std::string& pointer)
{
    return mentions(pointer, "child")    ? SampleRole::Newborn
           : mentions(pointer, "mother") ? SampleRole::Mother
           : mentions(pointer, "father") ? SampleRole::Father
                                         : SampleRole::Adult;
}

/// Whether somebody at the counter would fill this field in.
bool isFilled(const Field& field, Random& random)
{
    const bool parent = mentions(field.pointer, "/mother") || mentions(field.pointer, "/father");
    return field.required || field.requiredWhen || parent || !field.otherwise.is_null() ||
           random.below(10) == 0;
}

} // namespace

const Procedure& SampleDrafts::choose(Day today)
{
    const auto all = m_catalogue.procedures(today);
    require(!all.empty(), "the catalogue has procedures");
    if (m_random.below(5) != 0) {
        if (const Procedure* usual = m_catalogue.find(kUsual[m_random.below(kUsual.size())], today)) {
            return *usual;
        }
    }
    return *all[m_random.below(all.size())];
}

Json SampleDrafts::person(const Field& field, Day today)
{
    Json whole = m_people.person(roleAt(field.pointer), today);
    Json asked = Json::object();
    for (const PersonPart& part : field.parts) {
        if (whole.contains(part.name)) {
            asked[part.name] = whole[part.name];
        }
    }
    return field.parts.empty() ? whole : asked;
}

Json SampleDrafts::value(const Field& field, Day today)
{
    switch (field.kind) {
    case FieldKind::Person:
        return person(field, today);
    case FieldKind::Date:
        return m_people.pastDate(today, 30, 3'000);
    case FieldKind::Place:
        return m_people.commune();
    case FieldKind::Choice:
        // Waivers and rare cases would need papers of their own; the first choice is the ordinary one.
        return !field.otherwise.is_null() ? field.otherwise
               : field.choices.empty()    ? Json()
                                          : Json(field.choices.front().value);
    case FieldKind::Number:
        return field.least + static_cast<std::int64_t>(m_random.below(
                                 static_cast<std::uint64_t>(std::min<std::int64_t>(field.most, 4) -
                                                            std::min<std::int64_t>(field.least, 4)) +
                                 1));
    case FieldKind::Money:
        return static_cast<std::int64_t>(m_random.below(50) * 10'000);
    case FieldKind::YesNo:
        return field.otherwise.is_boolean() ? field.otherwise : Json(false);
    case FieldKind::EthnicGroup:
        return m_random.below(12) == 0 ? "Mường" : "Kinh";
    case FieldKind::Text:
        break;
    }
    if (!field.otherwise.is_null()) {
        return field.otherwise;
    }
    if (!field.suggestions.empty()) {
        return field.suggestions[m_random.below(field.suggestions.size())];
    }
    return mentions(field.pointer, "documentName")
               ? std::string(kDocuments[m_random.below(kDocuments.size())])
               : std::string(kMatters[m_random.below(kMatters.size())]);
}

Json SampleDrafts::make(Day today)
{
    const Procedure& procedure = choose(today);
    Json draft{{"procedure", procedure.code},
               {"channel", "counter"},
               {"returnBy", "counter"},
               {"applicant", m_people.person(SampleRole::Adult, today)},
               {"components", fullChecklist(procedure)}};
    Json form = Json::object();
    for (const Section& section : m_catalogue.form(procedure, today).sections) {
        for (const Field& field : section.fields) {
            constexpr std::string_view kForm = "/form/";
            const bool direct = field.pointer.starts_with(kForm) &&
                                field.pointer.find('/', kForm.size()) == std::string::npos;
            if (!direct || mentions(field.pointer, "feeWaiver") || !isFilled(field, m_random)) {
                continue;
            }
            if (Json made = value(field, today); !made.is_null()) {
                form[field.pointer.substr(kForm.size())] = std::move(made);
            }
        }
    }
    draft["form"] = std::move(form);
    return draft;
}

} // namespace motcua
