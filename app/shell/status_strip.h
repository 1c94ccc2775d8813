// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace motcua {

class Theme;

enum class NetworkState
{
    NotBound, ///< the register was never enrolled with a portal
    Trying,
    Online,
    Offline,
    PortalDown, ///< the line is there, the portal's server is not
    Busy,       ///< the portal asks to come later
    NotPortal,  ///< somebody else answers in its place
    Held,       ///< the portal does not take this counter's word until somebody looks
};

/// What the strip says; values only.
struct StripState
{
    NetworkState network = NetworkState::NotBound;
    std::optional<Instant> since;  ///< of the network's state
    std::int64_t waiting = 0;      ///< to go by itself
    std::optional<Instant> oldest; ///< of those
    std::optional<Instant> lastConfirmed;
    std::int64_t needsYou = 0; ///< a person must decide
};

/// The strip that never hides: the network and since when, how many wait and how long the oldest, when the
/// city last confirmed, what needs a person. A state is told by icon and words, never by a colour alone.
class StatusStrip : public QFrame
{
    Q_OBJECT
public:
    explicit StatusStrip(Theme& theme, QWidget* parent = nullptr);
    void show(const StripState& state, Instant now);

private:
    struct Cell
    {
        QLabel* icon;
        QLabel* text;
    };
    Cell addCell(const char* id);
    void fill(const Cell& cell, const char* icon, const QColor& ink, const QString& text);
    void showNetwork(const StripState& state, Instant now);
    void showQueue(const StripState& state, Instant now);

    Theme& m_theme;
    StripState m_state;
    Instant m_now{};
    Cell m_network;
    Cell m_waiting;
    Cell m_confirmed;
    Cell m_needsYou;
};

} // namespace motcua
