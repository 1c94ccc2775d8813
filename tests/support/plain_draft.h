// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/catalogue/catalogue.h"
#include "core/dossier/draft.h"

#include <string>

namespace motcua {

/// A dossier by the plain form with all its papers: nothing wrong with it.
[[nodiscard]] inline Json plainDraft(const Catalogue& catalogue, Day today, const std::string& name)
{
    const Procedure* procedure = catalogue.find("1.001570", today);
    require(procedure != nullptr, "the catalogue knows the plain procedure");
    return {{"procedure", "1.001570"},
            {"channel", "counter"},
            {"components", fullChecklist(*procedure)},
            {"applicant",
             {{"name", name},
              {"address", "thôn Đoài, xã Phúc Thọ"},
              {"phone", "0912345678"},
              {"personalId", "001084123456"},
              {"gender", "male"}}},
            {"form", {{"matter", "Tạm ngừng kinh doanh của ông Tư"}}}};
}

} // namespace motcua
