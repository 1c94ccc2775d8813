// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/help_page.h"

#include "app/theme/theme.h"
#include "app/widgets/labels.h"

#include <QGridLayout>
#include <QScrollArea>

namespace motcua {

namespace {

struct Line
{
    QString left;
    QString right;
};

std::vector<Line> keyLines()
{
    return {
        {QStringLiteral("F2"), HelpPage::tr("Tiếp nhận hồ sơ mới; sau khi nhận xong: người tiếp theo")},
        {QStringLiteral("F3"), HelpPage::tr("Sổ hồ sơ: tìm, xem, chuyển bước, in lại")},
        {QStringLiteral("F4"), HelpPage::tr("Hẹn trả: hồ sơ sắp đến hạn và quá hạn")},
        {QStringLiteral("F5"), HelpPage::tr("Cuối ngày: về được chưa, phiếu cuối ngày, nhật ký mạng")},
        {QStringLiteral("F6"), HelpPage::tr("Hàng đợi: những gì còn chờ gửi lên cổng")},
        {QStringLiteral("F7"), HelpPage::tr("Cần bạn: chỗ khác nhau giữa quầy và cổng, chờ bạn chọn")},
        {QStringLiteral("F8"), HelpPage::tr("Báo cáo")},
        {QStringLiteral("F10"), HelpPage::tr("Sổ bộ: các sổ hộ tịch, sổ chứng thực")},
        {QStringLiteral("Ctrl+K"), HelpPage::tr("Tìm trong sổ, từ bất cứ trang nào")},
        {QStringLiteral("Ctrl+Enter"), HelpPage::tr("Tiếp tục; ở trang kiểm tra: tiếp nhận")},
        {QStringLiteral("F12"), HelpPage::tr("Điền điều sổ đã biết vào ô hoặc người đang nhập")},
        {QStringLiteral("Ctrl+P"), HelpPage::tr("In giấy của trang đang mở")},
        {QStringLiteral("Ctrl+L"), HelpPage::tr("Khóa màn hình, giữ nguyên tờ khai đang làm dở")},
        {QStringLiteral("Enter"), HelpPage::tr("Sang ô tiếp theo")},
        {QStringLiteral("Esc"), HelpPage::tr("Quay lại một bước, giữ nguyên mọi thứ đã gõ")},
        {QStringLiteral("↓"), HelpPage::tr("Mở gợi ý của ô; Enter lấy dòng đang chọn")},
        {QStringLiteral("1, 2, 3…"), HelpPage::tr("Chọn một trong các câu trả lời đang hiện")},
    };
}

std::vector<Line> troubleLines()
{
    return {
        {HelpPage::tr("Mất mạng"),
         HelpPage::tr(
             "Cứ làm việc bình thường. Hồ sơ được ghi vào sổ của máy này và tự gửi khi có mạng lại.")},
        {HelpPage::tr("Mất điện"), HelpPage::tr("Mở lại chương trình: tờ khai đang gõ dở hiện lại đúng ô "
                                                "đang gõ. Hồ sơ đã có mã là đã ghi xong.")},
        {HelpPage::tr("Kẹt giấy"),
         HelpPage::tr("Bấm “Kẹt giấy” rồi in lại; bản in lại được đánh dấu và đếm riêng.")},
        {HelpPage::tr("Gõ nhầm"), HelpPage::tr("Trước khi tiếp nhận: sửa ngay trong tờ khai. Sau đó: mở hồ "
                                               "sơ, bấm “Sửa” ở dòng sai và ghi lý do.")},
    };
}

void addLines(QVBoxLayout* column, const std::vector<Line>& lines, int leftWidth)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(6 * kGrid);
    grid->setVerticalSpacing(2 * kGrid);
    grid->setColumnMinimumWidth(0, leftWidth);
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        grid->addWidget(makeLineLabel(lines[i].left, "label"), static_cast<int>(i), 0, Qt::AlignTop);
        grid->addWidget(makeLabel(lines[i].right), static_cast<int>(i), 1);
    }
    column->addLayout(grid);
}

} // namespace

HelpPage::HelpPage(const QString& catalogue, QWidget* parent) : Page(parent)
{
    auto* scroll = new QScrollArea;
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    page->setMaximumWidth(760);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 6 * kGrid);
    column->setSpacing(4 * kGrid);
    column->addWidget(makeLabel(tr("Trợ giúp"), "title"));
    QFrame* keys = makeFrame("card", 5 * kGrid, 3 * kGrid);
    columnOf(keys)->addWidget(makeLabel(tr("Phím"), "heading"));
    addLines(columnOf(keys), keyLines(), 90);
    column->addWidget(keys);
    QFrame* trouble = makeFrame("card", 5 * kGrid, 3 * kGrid);
    columnOf(trouble)->addWidget(makeLabel(tr("Khi có chuyện"), "heading"));
    addLines(columnOf(trouble), troubleLines(), 90);
    column->addWidget(trouble);
    QFrame* rules = makeFrame("card", 5 * kGrid, 3 * kGrid);
    columnOf(rules)->addWidget(makeLabel(tr("Đang làm theo"), "heading"));
    columnOf(rules)->addWidget(makeLabel(catalogue));
    column->addWidget(rules);
    column->addStretch();
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

} // namespace motcua
