// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/small_counter.h"

#include <functional>
#include <set>

namespace motcua {

/// Says the portal's words to one counter, for tests that need no portal: verified receipts and pulled pages
/// as the engine would hand them on.
class PortalWords
{
public:
    explicit PortalWords(SmallCounter& counter) : m_counter(counter) {}

    /// Sends everything that may be sent; each is answered with `result`.
    int answerAll(const std::string& result = "applied", const std::optional<std::string>& problem = {})
    {
        return answerSome(50, result, problem, {});
    }
    /// The first of them, alone; `meanwhile` happens while it is on its way.
    void answerFirst(const std::string& result, const std::string& problem,
                     const std::function<void()>& meanwhile = {})
    {
        require(answerSome(1, result, problem, meanwhile) == 1, "there is something to send");
    }
    /// The first of them goes alone, and no answer comes. Returns its name.
    std::string loseFirst()
    {
        const auto batch = m_counter.portal->sendable(1, 1 << 20);
        require(batch.has_value() && batch->size() == 1, "there is something to send");
        const auto attempt = m_counter.portal->beginAttempt(*batch, "test");
        require(attempt.has_value(), "an attempt begins");
        const auto ended = m_counter.portal->endAttempt(*attempt, RequestEnd::Lost, {}, {}, {}, *batch, {});
        require(ended.has_value(), ended ? "" : ended.error().detail.c_str());
        return batch->front().op;
    }

    /// Nothing is applied to a dossier that the portal never got.
    VerifiedReceipt answer(const Outgoing& out, const std::string& result,
                           const std::optional<std::string>& problem)
    {
        const auto line = parseJson(out.line);
        require(line.has_value(), "an operation's line is JSON");
        const std::string uid = stringAt(*line, "uid");
        const std::string kind = stringAt(*line, "kind");
        if (kind == "dossier.received" && result == "applied") {
            m_known.insert(uid);
        }
        const bool unknown = (kind == "dossier.changed" || kind == "dossier.moved") && !m_known.contains(uid);
        return unknown ? receipt("rejected", "invalid-fields") : receipt(result, problem);
    }

    VerifiedReceipt receipt(const std::string& result, const std::optional<std::string>& problem)
    {
        VerifiedReceipt receipt;
        receipt.result = result;
        receipt.problem = problem;
        receipt.at = m_counter.clock.now();
        receipt.epoch = "e1";
        receipt.jws = "a.b.c";
        if (result == "applied") {
            receipt.seq = ++m_seq;
            receipt.rev = rev(m_seq);
        }
        if (problem == "rev-mismatch" && !hasLostAll) {
            receipt.rev = rev(m_seq);
        }
        return receipt;
    }
    bool hasLostAll = false; ///< went back to a backup without any dossier

    /// The city changes a dossier as it has it, and the counter pulls it.
    void cityChanges(const std::string& uid, const Json& set)
    {
        const auto view = m_counter.desk->dossiers().byUid(uid);
        require(view.has_value(), "the dossier is there");
        if (!m_known.contains(uid)) {
            return;
        }
        Projector projector(*m_counter.connection, fieldOf(m_counter.catalogue));
        const auto agreed = projector.agreed(view->row.id);
        Json dossier = agreed && agreed->dossier ? *agreed->dossier : view->dossier;
        for (auto member = set.begin(); member != set.end(); ++member) {
            dossier[Json::json_pointer(member.key())] = member.value();
        }
        pull(uid, dossier);
    }
    void pull(const std::string& uid, const Json& dossier, const std::optional<std::string>& op = {})
    {
        PulledChange change;
        change.seq = ++m_seq;
        change.uid = uid;
        change.rev = rev(m_seq);
        change.op = op;
        change.by = "Thành phố";
        change.dossier = dossier;
        m_known.insert(uid);
        const auto stored = m_counter.portal->storePage("e1", {change}, "c" + std::to_string(m_seq));
        require(stored.has_value(), stored ? "" : stored.error().detail.c_str());
    }

private:
    int answerSome(int most, const std::string& result, const std::optional<std::string>& problem,
                   const std::function<void()>& meanwhile)
    {
        const auto batch = m_counter.portal->sendable(most, 1 << 20);
        require(batch.has_value(), "sendable answers");
        if (batch->empty()) {
            return 0;
        }
        const auto attempt = m_counter.portal->beginAttempt(*batch, "test");
        require(attempt.has_value(), "an attempt begins");
        if (meanwhile) {
            meanwhile();
        }
        std::vector<StoredResult> results;
        for (const Outgoing& out : *batch) {
            results.push_back({out.position, answer(out, result, problem), std::nullopt, {}});
        }
        const auto ended =
            m_counter.portal->endAttempt(*attempt, RequestEnd::Answered, 200, {}, {}, *batch, results);
        require(ended.has_value(), ended ? "" : ended.error().detail.c_str());
        return static_cast<int>(batch->size());
    }
    static std::string rev(std::int64_t seq)
    {
        std::string text = std::to_string(seq);
        return std::string(32 - text.size(), '0') + text;
    }
    SmallCounter& m_counter;
    std::int64_t m_seq = 0;
    std::set<std::string> m_known;
};

} // namespace motcua
