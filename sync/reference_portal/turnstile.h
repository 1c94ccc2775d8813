// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/reference_portal/admission.h"
#include "sync/reference_portal/portal.h"
#include "sync/reference_portal/spread_plan.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace motcua::portal {

/// The portals of one process, each with connections of its own, and who may use one when: Admission with the
/// waiting done. For any number of threads.
class Turnstile
{
public:
    /// `clock` must outlive it.
    Turnstile(std::vector<Portal> portals, const Clock& clock);

    /// One request inside, from the door until the answer is sent.
    class Pass
    {
    public:
        explicit Pass(Turnstile& turnstile) : m_turnstile(turnstile) { m_ticket.owner = this; }
        Pass(const Pass&) = delete;
        Pass& operator=(const Pass&) = delete;
        ~Pass();
        /// Nothing: come in, once. Else the seconds after which to come again.
        [[nodiscard]] std::optional<std::int64_t> enter(const std::string& unit, Load load);

    private:
        friend class Turnstile;
        Turnstile& m_turnstile;
        Admission::Ticket m_ticket;
        std::condition_variable m_called;
        Portal* m_given = nullptr;
        bool m_isInside = false;
    };

    /// A portal for this thread alone, given back at the end of the scope; or none, because the turn did not
    /// come in time.
    class Lease
    {
    public:
        Lease(Turnstile& turnstile, Pass& pass, Portal& portal, std::int64_t since)
            : m_turnstile(turnstile), m_pass(pass), m_portal(&portal), m_since(since)
        {}
        Lease(Turnstile& turnstile, Pass& pass, std::int64_t retryAfterSeconds)
            : m_turnstile(turnstile), m_pass(pass), m_retryAfterSeconds(retryAfterSeconds)
        {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease()
        {
            if (m_portal != nullptr) {
                m_turnstile.giveBack(m_pass, *m_portal, m_since);
            }
        }
        explicit operator bool() const { return m_portal != nullptr; }
        /// Of one without a portal.
        [[nodiscard]] std::int64_t retryAfterSeconds() const { return m_retryAfterSeconds; }
        [[nodiscard]] Portal* operator->() const { return m_portal; }
        [[nodiscard]] Portal& operator*() const { return *m_portal; }

    private:
        Turnstile& m_turnstile;
        Pass& m_pass;
        Portal* m_portal = nullptr;
        std::int64_t m_since = 0;
        std::int64_t m_retryAfterSeconds = 0;
    };
    enum class Turn
    {
        Short, ///< before all others, for looking up who asks
        Fair,
    };
    /// Waits for its turn, a second at most.
    [[nodiscard]] Lease take(Pass& pass, Turn turn = Turn::Fair);

    /// SpreadPlan::announce().
    [[nodiscard]] std::int64_t announce(const std::string& install, std::int64_t operations);
    void judged(const std::string& install, std::size_t operations, std::int64_t micros);
    void setOutside(int count);
    /// Whether the census should be taken by whoever asks; once a minute somebody is told yes.
    [[nodiscard]] bool isCensusDue();
    void setCensus(const KeyStore::Census& census);

private:
    void giveBack(Pass& pass, Portal& portal, std::int64_t since);
    void callNext();

    std::mutex m_mutex;
    const Clock& m_clock;
    std::vector<Portal> m_portals;
    std::vector<Portal*> m_free;
    Admission m_admission;
    SpreadPlan m_spread;
    std::optional<Millis> m_censusAt;
};

} // namespace motcua::portal
