// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/queue_words.h"

#include "app/widgets/display_text.h"

#include <QCoreApplication>

namespace motcua {

namespace {

QString say(const char* words)
{
    return QCoreApplication::translate("queue", words);
}

struct StateWords
{
    OpState state;
    const char* word;
    const char* icon;
    ActionLine::Ink ink;
    const char* sentence;
    const char* action; ///< empty: nothing to press
};

// Every state once; the sentence says who must act.
constexpr StateWords kStates[] = {
    {OpState::Waiting, QT_TRANSLATE_NOOP("queue", "Chờ gửi"), "queue", ActionLine::Ink::Plain,
     QT_TRANSLATE_NOOP("queue", "Máy sẽ tự gửi khi tới lượt. Bạn không phải làm gì."),
     QT_TRANSLATE_NOOP("queue", "Gửi ngay")},
    {OpState::Blocked, QT_TRANSLATE_NOOP("queue", "Chờ việc trước"), "pause", ActionLine::Ink::Plain,
     QT_TRANSLATE_NOOP("queue", "Một việc trước của cùng hồ sơ chưa xong; xong việc đó máy sẽ tự gửi."),
     QT_TRANSLATE_NOOP("queue", "Mở hồ sơ")},
    {OpState::Sending, QT_TRANSLATE_NOOP("queue", "Đang gửi"), "clock", ActionLine::Ink::Accent,
     QT_TRANSLATE_NOOP("queue", "Đang gửi lên cổng."), ""},
    {OpState::Unknown, QT_TRANSLATE_NOOP("queue", "Chưa rõ đã tới chưa"), "help", ActionLine::Ink::Warning,
     QT_TRANSLATE_NOOP(
         "queue",
         "Đã gửi nhưng chưa nhận được trả lời. Máy sẽ hỏi lại cổng trước khi gửi lại, không sợ trùng."),
     QT_TRANSLATE_NOOP("queue", "Hỏi ngay")},
    {OpState::Backoff, QT_TRANSLATE_NOOP("queue", "Cổng hẹn lại"), "clock", ActionLine::Ink::Warning,
     QT_TRANSLATE_NOOP("queue", "Cổng đang bận, máy sẽ tự gửi lại."), QT_TRANSLATE_NOOP("queue", "Gửi ngay")},
    {OpState::Conflict, QT_TRANSLATE_NOOP("queue", "Cần bạn chọn"), "needs-you", ActionLine::Ink::Bad,
     QT_TRANSLATE_NOOP("queue", "Cổng và quầy cùng sửa một chỗ. Bạn phải chọn giữ bên nào."),
     QT_TRANSLATE_NOOP("queue", "Chọn")},
    {OpState::NeedsYou, QT_TRANSLATE_NOOP("queue", "Cần bạn"), "needs-you", ActionLine::Ink::Bad,
     QT_TRANSLATE_NOOP("queue", "Cổng không nhận việc này. Xem lý do, rồi sửa hoặc rút."),
     QT_TRANSLATE_NOOP("queue", "Xem và sửa")},
    {OpState::Acknowledged, QT_TRANSLATE_NOOP("queue", "Cổng đã nhận"), "done", ActionLine::Ink::Good,
     QT_TRANSLATE_NOOP("queue", "Đã có biên nhận của cổng."), QT_TRANSLATE_NOOP("queue", "Mở hồ sơ")},
    {OpState::Confirmed, QT_TRANSLATE_NOOP("queue", "Đã xác nhận"), "done", ActionLine::Ink::Good,
     QT_TRANSLATE_NOOP("queue", "Đã thấy ở cổng, khớp với sổ."), QT_TRANSLATE_NOOP("queue", "Mở hồ sơ")},
    {OpState::Superseded, QT_TRANSLATE_NOOP("queue", "Đã thay"), "check", ActionLine::Ink::Plain,
     QT_TRANSLATE_NOOP("queue", "Một việc mới hơn của cùng hồ sơ đã thay việc này."),
     QT_TRANSLATE_NOOP("queue", "Mở hồ sơ")},
    {OpState::Withdrawn, QT_TRANSLATE_NOOP("queue", "Đã rút"), "close", ActionLine::Ink::Plain,
     QT_TRANSLATE_NOOP("queue", "Người ở quầy đã rút việc này."), QT_TRANSLATE_NOOP("queue", "Mở hồ sơ")},
};

const StateWords& wordsOf(OpState state)
{
    for (const StateWords& words : kStates) {
        if (words.state == state) {
            return words;
        }
    }
    return kStates[0];
}

} // namespace

QString operationWords(const std::string& kind)
{
    if (kind == "dossier.received") {
        return say(QT_TRANSLATE_NOOP("queue", "Hồ sơ mới"));
    }
    if (kind == "dossier.changed") {
        return say(QT_TRANSLATE_NOOP("queue", "Sửa thông tin"));
    }
    if (kind == "dossier.moved") {
        return say(QT_TRANSLATE_NOOP("queue", "Chuyển bước"));
    }
    if (kind == "dossier.cancelled") {
        return say(QT_TRANSLATE_NOOP("queue", "Rút lại"));
    }
    return displayText(kind);
}

QString troubleWords(const std::string& detail)
{
    return detail.empty() ? QString() : QStringLiteral(" (%1)").arg(displayText(detail).left(160));
}

ActionLine queueLine(const QueuedOperation& operation, Instant now)
{
    const StateWords& words = wordsOf(operation.state);
    ActionLine line;
    line.title =
        QStringLiteral("%1 · %2 · %3")
            .arg(operationWords(operation.kind), toQString(operation.code), displayText(operation.name));
    line.text = say(words.sentence);
    if (!isFinal(operation.state)) {
        if (operation.exported) {
            line.text = say(QT_TRANSLATE_NOOP("queue", "Đã ghi ra USB lúc %1. "))
                            .arg(shortTime(*operation.exported, now)) +
                        line.text;
        }
        line.text =
            say(QT_TRANSLATE_NOOP("queue", "Đã chờ %1. ")).arg(spanWords(now - operation.at)) + line.text;
        if (operation.attempts > 0) {
            line.text += say(QT_TRANSLATE_NOOP("queue", " Đã thử %1 lần.")).arg(operation.attempts);
        }
        if (operation.nextTry && *operation.nextTry > now) {
            line.text +=
                say(QT_TRANSLATE_NOOP("queue", " Thử lại lúc %1.")).arg(shortTime(*operation.nextTry, now));
        }
        if (operation.lastError) {
            line.text += troubleWords(*operation.lastError);
        }
    }
    line.state = say(words.word);
    line.icon = QLatin1String(words.icon);
    line.ink = words.ink;
    line.action = words.action[0] == '\0' ? QString() : say(words.action);
    line.key = toQString(operation.op);
    return line;
}

} // namespace motcua
