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
    // The dialog that chooses files.
    Word{"Look in:", "Thư mục:"},
    Word{"Directory:", "Thư mục:"},
    Word{"File &name:", "Tên &tệp:"},
    Word{"Files of type:", "Loại tệp:"},
    Word{"All files (*)", "Mọi tệp (*)"},
    Word{"All Files (*)", "Mọi tệp (*)"},
    Word{"Open", "Mở"},
    Word{"&Open", "&Mở"},
    Word{"Save", "Lưu"},
    Word{"&Save", "&Lưu"},
    Word{"&Choose", "&Chọn"},
    Word{"Save As", "Lưu thành tệp"},
    Word{"Find Directory", "Chọn thư mục"},
    Word{"Files", "Tệp"},
    Word{"Directories", "Thư mục"},
    Word{"Back", "Lui"},
    Word{"Go back", "Về thư mục vừa xem"},
    Word{"Forward", "Tiến"},
    Word{"Go forward", "Tới thư mục kế"},
    Word{"Parent Directory", "Thư mục cấp trên"},
    Word{"Go to the parent directory", "Lên thư mục cấp trên"},
    Word{"Create New Folder", "Tạo thư mục mới"},
    Word{"Create a New Folder", "Tạo thư mục mới"},
    Word{"New Folder", "Thư mục mới"},
    Word{"&New Folder", "Thư mục &mới"},
    Word{"List View", "Danh sách"},
    Word{"Change to list view mode", "Xem theo danh sách"},
    Word{"Detail View", "Chi tiết"},
    Word{"Change to detail view mode", "Xem chi tiết"},
    Word{"Sidebar", "Nơi hay dùng"},
    Word{"List of places and bookmarks", "Các nơi hay dùng"},
    Word{"Recent Places", "Nơi vừa dùng"},
    Word{"Computer", "Máy này"},
    Word{"My Computer", "Máy này"},
    Word{"Drive", "Ổ đĩa"},
    Word{"Folder", "Thư mục"},
    Word{"File Folder", "Thư mục"},
    Word{"File", "Tệp"},
    Word{"%1 File", "Tệp %1"},
    Word{"Shortcut", "Lối tắt"},
    Word{"Alias", "Lối tắt"},
    Word{"Unknown", "Không rõ"},
    Word{"Name", "Tên"},
    Word{"Size", "Cỡ"},
    Word{"Type", "Loại"},
    Word{"Kind", "Loại"},
    Word{"Date Modified", "Sửa lần cuối"},
    Word{"&Rename", "Đổ&i tên"},
    Word{"&Delete", "&Xóa"},
    Word{"Remove", "Bỏ"},
    Word{"Show ", "Hiện "},
    Word{"Show &hidden files", "Hiện tệp ẩ&n"},
    Word{"%1 already exists.\nDo you want to replace it?", "Đã có tệp %1.\nGhi đè lên tệp cũ?"},
    Word{"%1\nFile not found.\nPlease verify the correct file name was given.",
         "%1\nKhông có tệp này. Hãy xem lại tên tệp."},
    Word{"%1\nDirectory not found.\nPlease verify the correct directory name was given.",
         "%1\nKhông có thư mục này. Hãy xem lại tên thư mục."},
    Word{"Are you sure you want to delete '%1'?", "Xóa “%1”? Không lấy lại được."},
    Word{"'%1' is write protected.\nDo you want to delete it anyway?",
         "“%1” được bảo vệ, không cho ghi.\nVẫn xóa?"},
    Word{"Could not delete directory.", "Không xóa được thư mục."},
    Word{"Invalid filename", "Tên tệp không dùng được"},
};

} // namespace

QString VietnameseControls::translate(const char* context, const char* source, const char*, int) const
{
    // Only for Qt's own classes: our texts are Vietnamese already. Names of keys stay as the keyboard says
    // them.
    if (context == nullptr || context[0] != 'Q' || std::strcmp(context, "QShortcut") == 0) {
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
