// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/plain_draft.h"

#include <string>

namespace motcua {

/// A matter that is entered in a book of its own, with one number on a page: nothing wrong with it.
[[nodiscard]] inline Json guardianshipDraft(const Catalogue& catalogue, Day today, const std::string& name)
{
    const Procedure* procedure = catalogue.find("1.004837", today);
    require(procedure != nullptr, "the catalogue knows guardianship");
    const auto person = [](const char* who, const char* year, const char* gender, const char* id) {
        return Json{{"name", who},
                    {"birth", {{"text", year}, {"precision", "year"}}},
                    {"gender", gender},
                    {"address", "thôn Đoài, xã Phúc Thọ"},
                    {"personalId", id}};
    };
    Json draft = plainDraft(catalogue, today, name);
    draft["procedure"] = procedure->code;
    draft["components"] = fullChecklist(*procedure);
    for (const Paper& paper : procedure->papers) {
        if (paper.requiredWhen) {
            draft["components"].push_back({{"code", paper.code},
                                           {"name", paper.name},
                                           {"evidence", evidenceName(paper.evidence)},
                                           {"originals", 1},
                                           {"copies", 0}});
        }
    }
    draft["form"] = {{"requesterRelation", "bác"},
                     {"ward", person("Trần Bảo Ngọc", "2019", "female", "001319012345")},
                     {"guardian", person("Trần Văn Bình", "1975", "male", "001075012345")},
                     {"guardianshipKind", "giám hộ đương nhiên"},
                     {"wardReason", "chưa thành niên"},
                     {"guardianRelation", "bác"},
                     {"guardianshipReason", "Cha, mẹ đều đã chết"}};
    return draft;
}

} // namespace motcua
