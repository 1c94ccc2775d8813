// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dossier/draft.h"
#include "tests/unit/catalogue/catalogue_fixture.h"

#include <algorithm>
#include <string>
#include <vector>

namespace motcua::test {

/// Saturday 2026-11-21, 09:00 in Viet Nam.
inline Instant receipt()
{
    return instantInVietnam(day(2026, 11, 21), std::chrono::hours{9});
}

inline const Catalogue& catalogue()
{
    static const Catalogue shipped = loadShipped();
    return shipped;
}

inline Json date(const std::string& text)
{
    return {{"text", text}, {"precision", text.size() == 10 ? "day" : text.size() == 7 ? "month" : "year"}};
}

/// A draft with everything that its procedure wants: no problem at all.
inline Json withPapers(Json draft)
{
    draft["components"] = fullChecklist(*catalogue().find(stringAt(draft, "procedure"), day(2026, 11, 21)));
    return draft;
}

inline Json birthDraft()
{
    return withPapers(
        {{"procedure", "1.001193"},
         {"applicant",
          {{"name", "Lê Thị Hoa"},
           {"personalId", "001195000123"},
           {"birth", date("02/09/1995")},
           {"gender", "female"},
           {"address", "xã Phúc Thọ, thành phố Hà Nội"}}},
         {"form",
          {{"requesterRelation", "mẹ"},
           {"child", {{"name", "Nguyễn Văn An"}, {"birth", date("01/11/2026")}, {"gender", "male"}}},
           {"childEthnicGroup", "Kinh"},
           {"childNationality", "Việt Nam"},
           {"childBirthPlace", "Trạm Y tế xã Phúc Thọ, thành phố Hà Nội"},
           {"childHomeTown", "xã Phúc Thọ, thành phố Hà Nội"},
           {"birthProofCode", "01234.GCS.00012.26"},
           {"mother", {{"name", "Lê Thị Hoa"}, {"birth", date("1995")}, {"personalId", "001195000123"}}},
           {"father", {{"name", "Nguyễn Văn Bình"}, {"birth", date("1993")}}},
           {"copies", 3}}}});
}

inline Json maritalDraft()
{
    return withPapers({{"procedure", "1.004873"},
                       {"applicant",
                        {{"name", "Trần Văn Minh"},
                         {"personalId", "001098000456"},
                         {"birth", date("15/03/1998")},
                         {"gender", "male"}}},
                       {"form",
                        {{"ethnicGroup", "Kinh"},
                         {"nationality", "Việt Nam"},
                         {"maritalStatus", "Chưa đăng ký kết hôn với ai"},
                         {"purpose", "kết hôn"},
                         {"spouse", {{"name", "Phạm Thị Lan"}, {"birth", date("1999")}}}}}});
}

inline Json certifiedDraft()
{
    return withPapers({{"procedure", "2.000815"},
                       {"applicant", {{"name", "Đỗ Văn Tư"}}},
                       {"form", {{"documentName", "Bằng tốt nghiệp"}, {"pages", 5}, {"copies", 3}}}});
}

inline Json extractDraft()
{
    return withPapers({{"procedure", "2.000635"},
                       {"applicant", {{"name", "Đỗ Văn Tư"}}},
                       {"form",
                        {{"extractKind", "bản sao Giấy khai sinh"},
                         {"person", {{"name", "Đỗ Văn Tư"}, {"birth", date("1984")}}},
                         {"copies", 2}}}});
}

inline Json plainDraft(const char* procedure = "1.001570")
{
    return withPapers({{"procedure", procedure},
                       {"applicant", {{"name", "Đỗ Văn Tư"}}},
                       {"form", {{"matter", "Tạm ngừng bán hàng ba tháng"}}}});
}

inline Json deathDraft()
{
    return withPapers({{"procedure", "1.000656"},
                       {"applicant", {{"name", "Đỗ Văn Tư"}, {"personalId", "001084000789"}}},
                       {"form",
                        {{"requesterRelation", "con"},
                         {"deceased", {{"name", "Đỗ Văn Ba"}, {"gender", "male"}, {"birth", date("1950")}}},
                         {"deathCircumstance", "tại nhà, nơi khác"},
                         {"deathDate", date("15/11/2026")},
                         {"deathPlace", "thôn 2, xã Phúc Thọ, thành phố Hà Nội"}}}});
}

inline Json changeDraft()
{
    return withPapers({{"procedure", "1.004859"},
                       {"applicant", {{"name", "Đỗ Văn Tư"}, {"personalId", "001084000789"}}},
                       {"form",
                        {{"requesterRelation", "bản thân"},
                         {"person", {{"name", "Đỗ Văn Tư"}, {"gender", "male"}, {"birth", date("06/1984")}}},
                         {"changeKind", "cải chính"},
                         {"changePaper", "Giấy khai sinh"},
                         {"changeItem", "quê quán"},
                         {"changeFrom", "xã Võng Xuyên, huyện Phúc Thọ"},
                         {"changeTo", "xã Vân Nam, huyện Phúc Thọ"},
                         {"changeReason", "Ghi sai khi đăng ký"},
                         {"changeBasis", "Học bạ năm 1995"}}}});
}

inline CheckedDraft check(const Json& draft, Instant now = receipt())
{
    return checkDraft(draft, catalogue(), now);
}

/// "hard birth-in-future /form/child/birth", for readable comparisons.
inline std::vector<std::string> listed(const Problems& problems)
{
    std::vector<std::string> lines;
    for (const Problem& problem : problems) {
        lines.push_back((problem.severity == Severity::Hard ? "hard " : "soft ") + problem.rule + " " +
                        problem.pointer);
    }
    return lines;
}

inline std::vector<std::string> problemsOf(const Json& draft, Instant now = receipt())
{
    return listed(check(draft, now).problems);
}

/// Puts a value at a pointer below the form; null removes.
inline Json with(Json draft, const char* member, Json value)
{
    if (value.is_null()) {
        draft["form"].erase(member);
    } else {
        draft["form"][member] = std::move(value);
    }
    return draft;
}

inline Json person(const char* name, const char* birth = nullptr, const char* id = nullptr)
{
    Json json{{"name", name}};
    if (birth != nullptr) {
        json["birth"] = date(birth);
    }
    if (id != nullptr) {
        json["personalId"] = id;
    }
    return json;
}

} // namespace motcua::test
