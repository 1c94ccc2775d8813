// SPDX-License-Identifier: GPL-3.0-or-later
// Several dossiers of one visitor in one transaction.
#include "core/db/transaction.h"
#include "core/desk/desk.h"
#include "core/desk/desk_support.h"
#include "core/dossier/draft.h"

namespace motcua {

namespace {

constexpr const char* kTogether = "together"; ///< in the form: the codes of the others

Refusal wrongCount()
{
    return Problems{{"", "together-count", "Nhận cùng lượt từ 1 đến 50 hồ sơ.", Severity::Hard, {}}};
}

/// As from a list: the place first.
Problems placed(Problems problems, std::size_t place)
{
    for (Problem& problem : problems) {
        problem.pointer = "/" + std::to_string(place) + problem.pointer;
    }
    return problems;
}

Answer<std::vector<CheckedDraft>> checkAll(const std::vector<Json>& drafts, const Catalogue& catalogue,
                                           Instant now)
{
    std::vector<CheckedDraft> all;
    Problems problems;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        all.push_back(checkDraft(drafts[i], catalogue, now));
        for (Problem& problem : placed(all.back().problems, i)) {
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) {
        return tl::unexpected(Refusal(std::move(problems)));
    }
    return all;
}

/// Text, as every field of a form that is none of the kinds: the contract knows no list there.
void nameEachOther(std::vector<CheckedDraft>& all)
{
    for (CheckedDraft& one : all) {
        std::string others;
        for (const CheckedDraft& other : all) {
            if (&other != &one) {
                others += (others.empty() ? "" : ", ") + stringAt(other.dossier, "code");
            }
        }
        if (!others.empty()) {
            one.dossier["form"][kTogether] = std::move(others);
        }
    }
}

} // namespace

Answer<std::vector<Received>> Desk::receiveTogether(const std::vector<Json>& drafts, std::int64_t draftId)
{
    TRY(mustBeAllowed(Act::Receive));
    if (drafts.empty() || drafts.size() > kTogetherMax) {
        return tl::unexpected(wrongCount());
    }
    const Instant now = m_clock.now();
    std::vector<CheckedDraft> all = TRY(checkAll(drafts, m_catalogue, now));
    auto transaction = TRY(Transaction::begin(m_connection));
    TRY(useUpDraft(draftId));
    std::vector<int> numbers;
    std::vector<std::optional<Instant>> dues;
    std::optional<int> number;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (auto files = mustHaveFiles(all[i]); !files) {
            Refusal refusal = std::move(files.error());
            refusal.problems = placed(std::move(refusal.problems), i);
            return tl::unexpected(std::move(refusal));
        }
        number = TRY(freeNumber(m_projector, m_identity, dayInVietnam(now), number));
        numbers.push_back(*number);
        dues.push_back(complete(all[i], Status::Received, *number, now));
    }
    nameEachOther(all);
    std::vector<Received> received;
    for (std::size_t i = 0; i < all.size(); ++i) {
        received.push_back(TRY(writeReceived(all[i], {}, numbers[i], dues[i], now)));
    }
    TRY(transaction.commit());
    return received;
}

} // namespace motcua
