// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalogue/calendar.h"
#include "core/papers/paper_kind.h"

#include <filesystem>
#include <set>

namespace motcua {

/// What decides which papers a dossier can have now.
struct PaperSituation
{
    Json context; ///< the Dossier; with `registration` where it is in a book, or asks for what is in one
    std::string procedure;
    Status status = Status::Received;
    Day lawDay{}; ///< of receipt, or for a copy the one that the entry's own dossier was received on
    bool hasFee = false;
    std::set<std::string> events; ///< "supplementing", "stopped", "extension": what has happened to it

    [[nodiscard]] std::string book() const; ///< of the registration; empty without one
    /// Whether the registration is another dossier's, named by a request for copies.
    [[nodiscard]] bool isAsked() const;
};

/// All papers that are described in papers*.json: those built in, and a unit's own in front of them, one
/// name at a time.
class PaperShelf
{
public:
    /// Invalid with file and place where a file is wrong.
    [[nodiscard]] static Result<PaperShelf> load(const std::filesystem::path& unitFolder = {});

    [[nodiscard]] const std::vector<PaperKind>& all() const { return m_kinds; }
    /// The paper of that name as it was on that day; nothing where there is none.
    [[nodiscard]] const PaperKind* find(std::string_view name, Day on) const;

private:
    [[nodiscard]] Result<void> addUndescribed(const std::filesystem::path& unitFolder);

    std::vector<PaperKind> m_kinds;
};

/// Why a paper is none of this dossier's now, for the official; empty when it is.
[[nodiscard]] std::string whyNot(const PaperKind& kind, const PaperSituation& situation,
                                 const Calendar& calendar);

} // namespace motcua
