// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/status_look.h"

#include "app/widgets/display_text.h"

#include <QCoreApplication>

namespace motcua {

StatusLook lookOf(Status status)
{
    switch (status) {
    case Status::Registered:
        return {"queue", &Colors::accent};
    case Status::Received:
        return {"intake", &Colors::accent};
    case Status::Processing:
        return {"clock", &Colors::accent};
    case Status::Supplementing:
        return {"document", &Colors::warning};
    case Status::Paying:
        return {"warning", &Colors::warning};
    case Status::Finished:
        return {"done", &Colors::good};
    case Status::Returned:
        return {"check", &Colors::mutedText};
    case Status::Refused:
    case Status::Withdrawn:
    case Status::Stopped:
        break;
    }
    return {"close", &Colors::mutedText};
}

QString statusWords(Status status)
{
    return toQString(statusLabel(status));
}

QString statusShort(Status status)
{
    const auto text = [](const char* words) { return QCoreApplication::translate("status", words); };
    switch (status) {
    case Status::Registered:
        return text(QT_TRANSLATE_NOOP("status", "Mới đăng ký"));
    case Status::Received:
        return text(QT_TRANSLATE_NOOP("status", "Mới nhận"));
    case Status::Refused:
        return text(QT_TRANSLATE_NOOP("status", "Từ chối"));
    case Status::Processing:
        return text(QT_TRANSLATE_NOOP("status", "Đang xử lý"));
    case Status::Supplementing:
        return text(QT_TRANSLATE_NOOP("status", "Bổ sung"));
    case Status::Paying:
        return text(QT_TRANSLATE_NOOP("status", "Chờ nộp tiền"));
    case Status::Withdrawn:
        return text(QT_TRANSLATE_NOOP("status", "Đã rút"));
    case Status::Stopped:
        return text(QT_TRANSLATE_NOOP("status", "Đã dừng"));
    case Status::Finished:
        return text(QT_TRANSLATE_NOOP("status", "Có kết quả"));
    case Status::Returned:
        return text(QT_TRANSLATE_NOOP("status", "Đã trả"));
    }
    return statusWords(status);
}

QString moveWords(Status to)
{
    const auto text = [](const char* words) { return QCoreApplication::translate("moves", words); };
    switch (to) {
    case Status::Received:
        return text(QT_TRANSLATE_NOOP("moves", "Tiếp nhận"));
    case Status::Refused:
        return text(QT_TRANSLATE_NOOP("moves", "Từ chối"));
    case Status::Processing:
        return text(QT_TRANSLATE_NOOP("moves", "Chuyển xử lý"));
    case Status::Supplementing:
        return text(QT_TRANSLATE_NOOP("moves", "Yêu cầu bổ sung"));
    case Status::Paying:
        return text(QT_TRANSLATE_NOOP("moves", "Chờ nộp tiền"));
    case Status::Withdrawn:
        return text(QT_TRANSLATE_NOOP("moves", "Công dân rút hồ sơ"));
    case Status::Stopped:
        return text(QT_TRANSLATE_NOOP("moves", "Dừng xử lý"));
    case Status::Finished:
        return text(QT_TRANSLATE_NOOP("moves", "Đã có kết quả"));
    case Status::Returned:
        return text(QT_TRANSLATE_NOOP("moves", "Trả kết quả"));
    case Status::Registered:
        break;
    }
    return statusWords(to);
}

bool wantsNote(Status to)
{
    return to == Status::Refused || to == Status::Supplementing || to == Status::Withdrawn ||
           to == Status::Stopped;
}

} // namespace motcua
