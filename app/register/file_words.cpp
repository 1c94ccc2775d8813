// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/file_words.h"

#include "app/widgets/display_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace motcua {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("motcua::FileWords", text);
}

QString stateWords(const Desk::DossierFile& file)
{
    if (!file.record) {
        return tr("chỉ có trên cổng");
    }
    if (file.isComplete) {
        return tr("đã đủ trên cổng");
    }
    if (isSpoiled(file)) {
        return tr("hỏng trên máy này, hãy quét lại giấy và đính kèm lần nữa");
    }
    if (file.trouble == "not-allowed") {
        return tr("cổng không nhận tệp này, hãy báo quản trị");
    }
    if (file.sent > 0) {
        return tr("đã gửi %1 %").arg(file.sent * 100 / std::max<std::int64_t>(1, file.named.size));
    }
    return tr("chờ gửi, sau phần chữ của hồ sơ");
}

} // namespace

bool isSpoiled(const Desk::DossierFile& file)
{
    return file.trouble == "damaged" || file.trouble == "missing" || file.trouble == "unreadable";
}

bool allAtPortal(const std::vector<Desk::DossierFile>& files)
{
    return std::all_of(files.begin(), files.end(),
                       [](const Desk::DossierFile& file) { return file.isComplete; });
}

QString fileWords(const Desk::DossierFile& file)
{
    return sizeWords(file.named.size) + QStringLiteral(" · ") + stateWords(file);
}

QString filesWords(const std::vector<Desk::DossierFile>& files)
{
    const auto there = std::count_if(files.begin(), files.end(),
                                     [](const Desk::DossierFile& file) { return file.isComplete; });
    return allAtPortal(files) ? tr("Cổng đã có đủ %1 tệp.").arg(files.size())
                              : tr("Cổng đã có %1 trong %2 tệp; phần còn lại tự gửi khi có mạng.")
                                    .arg(there)
                                    .arg(files.size());
}

} // namespace motcua
