// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/error_text.h"
#include "app/common/workplace.h"
#include "core/desk/day_status.h"

#include <QObject>

#include <optional>

namespace motcua {

/// The day's figures and the network's diary, as they were read last.
class DayPresenter : public QObject
{
    Q_OBJECT
public:
    /// How far the diary goes back.
    static constexpr std::chrono::days kDiary{28};

    explicit DayPresenter(Workplace& place, QObject* parent = nullptr);

    /// Reads today's figures; no time to speak of. False: what was read before stands still, and failed()
    /// said why.
    bool refresh();
    /// Reads the diary beside the window; one reading at a time.
    void readDiary();

    [[nodiscard]] const std::optional<DayStatus>& status() const { return m_status; }
    [[nodiscard]] const std::optional<NetworkDiary>& diary() const { return m_diary; }

signals:
    void shown();
    void diaryShown();
    void failed(const motcua::ErrorText& error);

private:
    Workplace& m_place;
    std::optional<DayStatus> m_status;
    std::optional<NetworkDiary> m_diary;
    bool m_reading = false;
};

} // namespace motcua
