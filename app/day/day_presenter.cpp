// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/day/day_presenter.h"

#include "app/widgets/background.h"

namespace motcua {

DayPresenter::DayPresenter(Workplace& place, QObject* parent) : QObject(parent), m_place(place) {}

bool DayPresenter::refresh()
{
    auto status = dayStatus(m_place.connection(), m_place.identity(), dayInVietnam(m_place.clock().now()),
                            m_place.clock(), m_place.systemClock().now());
    if (!status) {
        emit failed(explain(status.error()));
        return false;
    }
    m_status = std::move(*status);
    emit shown();
    return true;
}

void DayPresenter::readDiary()
{
    if (m_reading) {
        return;
    }
    m_reading = true;
    const Instant now = m_place.systemClock().now();
    // Whole days, so that the first row of the strip is one.
    const Day first = dayInVietnam(now - kDiary + std::chrono::days{1});
    inBackground<Result<NetworkDiary>>(
        this,
        [&folder = m_place.folder(), from = instantInVietnam(first, Millis{0}),
         now]() -> Result<NetworkDiary> {
            auto connection = TRY(folder.connect(OpenMode::ReadOnly));
            return networkDiary(connection, from, now);
        },
        [this](Result<NetworkDiary> diary) {
            m_reading = false;
            if (!diary) {
                emit failed(explain(diary.error()));
                return;
            }
            m_diary = std::move(*diary);
            emit diaryShown();
        });
}

} // namespace motcua
