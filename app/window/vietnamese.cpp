// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/vietnamese.h"

#include <array>
#include <cstring>

namespace motcua {

namespace {

struct Word
{
    const char* source;
    const char* vietnamese;
};

constexpr std::array kWords{
    Word{"&Undo", "&Hoàn tác"},
    Word{"&Redo", "&Làm lại"},
    Word{"Cu&t", "&Cắt"},
    Word{"&Copy", "&Sao chép"},
    Word{"&Paste", "&Dán"},
    Word{"Delete", "Xóa"},
    Word{"Select All", "Chọn tất cả"},
    Word{"Copy &Link Location", "Sao chép địa chỉ"},
    Word{"&Step up", "&Tăng"},
    Word{"Step &down", "&Giảm"},
    Word{"Insert Unicode control character", "Chèn ký tự điều khiển"},
    Word{"Scroll here", "Cuộn tới đây"},
    Word{"Top", "Đầu"},
    Word{"Bottom", "Cuối"},
    Word{"Page up", "Trang trước"},
    Word{"Page down", "Trang sau"},
    Word{"Scroll up", "Cuộn lên"},
    Word{"Scroll down", "Cuộn xuống"},
    Word{"Left edge", "Mép trái"},
    Word{"Right edge", "Mép phải"},
    Word{"Page left", "Trang trái"},
    Word{"Page right", "Trang phải"},
    Word{"Scroll left", "Cuộn trái"},
    Word{"Scroll right", "Cuộn phải"},
    Word{"OK", "Được"},
    Word{"&OK", "&Được"},
    Word{"Cancel", "Thôi"},
    Word{"&Cancel", "&Thôi"},
    Word{"Close", "Đóng"},
    Word{"&Close", "Đó&ng"},
    Word{"&Yes", "&Có"},
    Word{"&No", "&Không"},
};

} // namespace

QString VietnameseControls::translate(const char* context, const char* source, const char*, int) const
{
    // Only for Qt's own classes: our texts are Vietnamese already.
    if (context == nullptr || context[0] != 'Q') {
        return {};
    }
    for (const Word& word : kWords) {
        if (std::strcmp(word.source, source) == 0) {
            return QString::fromUtf8(word.vietnamese);
        }
    }
    return {};
}

} // namespace motcua
