// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/alarm_words.h"

#include "app/widgets/display_text.h"

#include <QCoreApplication>

namespace motcua {

namespace {

QString say(const char* words)
{
    return QCoreApplication::translate("needs-you", words);
}

QString nameOf(const std::optional<Author>& author)
{
    return author && !author->name.empty() ? displayText(author->name)
                                           : say(QT_TRANSLATE_NOOP("needs-you", "không rõ ai"));
}

QString lineText(const Alarm& alarm)
{
    switch (alarm.kind) {
    case AlarmKind::Renumbered:
        return say(QT_TRANSLATE_NOOP("needs-you", "Đã đổi số, in lại giấy: %1 thành %2"))
            .arg(displayText(alarm.oldCode), displayText(alarm.code));
    case AlarmKind::WithdrawnTooLate:
        return say(QT_TRANSLATE_NOOP("needs-you", "Rút không kịp: %1")).arg(displayText(alarm.code));
    case AlarmKind::HandedOverTwice:
        break;
    }
    return say(QT_TRANSLATE_NOOP("needs-you", "Hai lần ghi trả kết quả: %1")).arg(displayText(alarm.code));
}

} // namespace

QString alarmWords(const Alarm& alarm)
{
    switch (alarm.kind) {
    case AlarmKind::Renumbered:
        return say(QT_TRANSLATE_NOOP("needs-you",
                                     "Số %1 đã có ở cổng cho một hồ sơ khác. Máy đã cấp số mới %2; hồ sơ và "
                                     "ngày hẹn giữ nguyên, nhưng tờ giấy công dân đang giữ mang số cũ."))
            .arg(displayText(alarm.oldCode), displayText(alarm.code));
    case AlarmKind::WithdrawnTooLate:
        return say(QT_TRANSLATE_NOOP(
                       "needs-you",
                       "Việc rút của %1 (%2) đến cổng khi cổng đã ghi nhận điều được rút. Điều ấy "
                       "vẫn đang nằm trong hồ sơ. Lý do rút: %3"))
            .arg(nameOf(alarm.ours), longTime(alarm.ours.at), displayText(alarm.reason));
    case AlarmKind::HandedOverTwice:
        break;
    }
    const QString first =
        alarm.theirs ? longTime(alarm.theirs->at) : say(QT_TRANSLATE_NOOP("needs-you", "không rõ lúc nào"));
    return say(QT_TRANSLATE_NOOP("needs-you",
                                 "Kết quả được ghi là đã trả hai lần: %1 (%2) và ở quầy này %3 (%4). Lần "
                                 "đầu được tính; lần sau đã thành ghi chú của hồ sơ."))
        .arg(nameOf(alarm.theirs), first, nameOf(alarm.ours), longTime(alarm.ours.at));
}

QString alarmStep(const Alarm& alarm)
{
    switch (alarm.kind) {
    case AlarmKind::Renumbered:
        return say(QT_TRANSLATE_NOOP("needs-you",
                                     "In giấy mới, báo công dân đổi tờ cũ. Nếu còn gặp ở hồ sơ khác: có thể "
                                     "máy đã bị sao chép, báo quản trị."));
    case AlarmKind::WithdrawnTooLate:
        return say(QT_TRANSLATE_NOOP(
            "needs-you", "Mở hồ sơ xem lại. Chỗ nào sai thì sửa bằng một thao tác mới, rồi ghi đã xử "
                         "lý thế nào."));
    case AlarmKind::HandedOverTwice:
        break;
    }
    return say(QT_TRANSLATE_NOOP("needs-you",
                                 "Một trong hai lần là nhầm, hoặc có người nhận thay. Xem chữ ký nhận, hỏi "
                                 "hai người và công dân, rồi lãnh đạo ghi kết luận."));
}

QString alarmKey(const Alarm& alarm)
{
    return QStringLiteral("alarm:") + toQString(alarm.op);
}

ActionLine alarmLine(const Alarm& alarm, Instant now)
{
    const bool isLeaders = findingAct(alarm.kind) == Act::DecideIdentity;
    ActionLine line;
    line.title = displayText(alarm.name);
    line.text = lineText(alarm);
    line.state = QStringLiteral("%1 · %2").arg(isLeaders ? say(QT_TRANSLATE_NOOP("needs-you", "Lãnh đạo"))
                                                         : say(QT_TRANSLATE_NOOP("needs-you", "Bạn")),
                                               shortTime(alarm.since, now));
    line.icon = alarm.kind == AlarmKind::Renumbered ? QStringLiteral("printer") : QStringLiteral("warning");
    line.ink = isLeaders ? ActionLine::Ink::Bad : ActionLine::Ink::Warning;
    line.key = alarmKey(alarm);
    return line;
}

} // namespace motcua
