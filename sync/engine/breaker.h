// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace motcua {

/// Counts losses in a row over all calls. After five of them, or one forged answer, it is open: then only a
/// single hello may go out at each turn of the retry table, so that nothing is thrown at a wall.
class Breaker
{
public:
    static constexpr int kLossesToOpen = 5;

    void lost()
    {
        ++m_losses;
        m_open = m_open || m_losses >= kLossesToOpen;
    }
    void forged()
    {
        ++m_losses;
        m_open = true;
    }
    /// The portal answered that it has no time. That ends no outage: the greeting is still to come, and with
    /// it the portal's word how those who come back shall spread.
    void busy() { m_losses = 0; }
    /// The portal itself answered. True when that ended an outage.
    bool answered()
    {
        const bool wasOpen = m_open;
        m_open = false;
        m_losses = 0;
        return wasOpen;
    }

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] int losses() const { return m_losses; }

private:
    int m_losses = 0;
    bool m_open = false;
};

} // namespace motcua
