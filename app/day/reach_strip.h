// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outbox/network_diary.h"

#include <QWidget>

namespace motcua {

class Theme;

/// Days by hours, the newest day at the top: how the way to the portal was, minute by minute. States differ
/// in height and hatching as well as in colour.
class ReachStrip : public QWidget
{
    Q_OBJECT
public:
    explicit ReachStrip(Theme& theme, QWidget* parent = nullptr);

    void show(const NetworkDiary& diary);
    /// Frames a time; none: nothing is framed.
    void mark(std::optional<Instant> from, std::optional<Instant> until);

    [[nodiscard]] QSize sizeHint() const override;
    /// Where a moment is painted; empty for one that is not shown. For tests.
    [[nodiscard]] QRect cellOf(Instant from, Instant until) const;

    /// One state's pattern into `rect`, as in the strip; the legend uses it too.
    static void paintState(QPainter& painter, const QRect& rect, Reach reach, const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int headHeight() const;
    [[nodiscard]] QRect row(int index) const;
    [[nodiscard]] int xOf(const QRect& row, Millis timeOfDay) const;
    [[nodiscard]] std::vector<QRect> cells(Instant from, Instant until) const;
    void makeRoomFor(const ReachSpan& span);
    void paintHours(QPainter& painter) const;
    void paintRow(QPainter& painter, int index) const;

    Theme& m_theme;
    NetworkDiary m_diary;
    int m_days = 0;
    int m_firstHour = 0;
    int m_lastHour = 24;
    std::vector<Millis> m_away; ///< of each row: how long nothing could be sent
    std::optional<Instant> m_markFrom;
    std::optional<Instant> m_markUntil;
};

} // namespace motcua
