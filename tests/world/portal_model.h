// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace motcua {

/// A row of the portal's own order, and the operation that caused it, if one did.
struct PortalRow
{
    std::int64_t seq = 0;
    std::string uid;
    std::string rev;
    bool isOnlyOfficialCode = false;
    std::string dossier;
    std::string op;     ///< empty: the city's own act
    std::string bytes;  ///< of the operation, as they were sent
    std::string digest; ///< of them, as the portal wrote it down
};

/// What a portal is by the contract alone, in as few lines as can be: each row must follow from what stood
/// there before and from the bytes of its operation. Shares no code with the portal but JSON and SHA-256.
class PortalModel
{
public:
    /// What is wrong with the next row; empty is good. It counts as what is there from now on.
    [[nodiscard]] std::vector<std::string> take(const PortalRow& row);
    /// The portal went back: its rows come anew.
    void forget()
    {
        m_dossiers.clear();
        m_places.clear();
    }

private:
    using Wrongs = std::vector<std::string>;
    struct Dossier
    {
        Json value;
        std::string rev;
    };
    [[nodiscard]] static std::optional<Json> follows(const Json& operation, const Dossier* before);
    static void checkCity(const PortalRow& row, const Dossier* before, const Json& value, Wrongs& wrongs);
    void checkOperation(const PortalRow& row, const Dossier* before, const Json& value, Wrongs& wrongs);

    std::map<std::string, Dossier> m_dossiers; ///< by uid
    std::set<std::string> m_places;            ///< that have had their effect
};

} // namespace motcua
