// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/facts_panel.h"

#include "app/theme/theme.h"
#include "app/widgets/labels.h"

namespace motcua {

FactsPanel::FactsPanel(QWidget* parent) : QScrollArea(parent), m_column(nullptr)
{
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 4 * kGrid);
    m_column->setSpacing(kGrid);
    setWidget(page);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    named(this, "facts", tr("Điều cần biết về hồ sơ này"));
}

void FactsPanel::clear()
{
    clearLayout(m_column);
}

void FactsPanel::show(const IntakeFacts& facts, Papers papers)
{
    clear();
    addFact(tr("Thủ tục"), facts.procedure, "label");
    addFact(tr("Thời hạn"), facts.term, "");
    addFact(tr("Hẹn trả nếu nhận bây giờ"), facts.due, "label");
    addList({}, facts.warnings, "soft-problem");
    addList(tr("Có thể trùng"), facts.duplicates, "soft-problem");
    addList(tr("Biết từ sổ (F12 để điền)"), facts.known, "");
    addFact(tr("Lệ phí"), facts.fee, "label");
    addList({}, facts.feeLines, "small");
    if (papers == Papers::All) {
        addList(tr("Giấy tờ"), facts.papers, "");
    } else if (facts.papers.isEmpty()) {
        addFact(tr("Giấy tờ"), tr("Đủ giấy tờ bắt buộc"), "good");
    } else {
        addList(tr("Giấy tờ còn thiếu"), facts.papers, "");
    }
    addFact(tr("Kết quả"), facts.result, "");
    addList(tr("Ghi chú"), facts.notes, "small");
    m_column->addStretch();
}

void FactsPanel::showAfterReceipt(const IntakeFacts& facts)
{
    clear();
    addFact(tr("Thủ tục"), facts.procedure, "label");
    addList(tr("Còn lại ở quầy"),
            {tr("Trao liên 1 giấy tiếp nhận cho công dân, ký cả hai liên."),
             tr("Trả lại ngay giấy tờ chỉ xuất trình."), tr("Liên 2 kẹp vào hồ sơ giấy.")},
            "");
    addFact(tr("Kết quả"), facts.result, "");
    addFact(tr("Gửi lên cổng"), tr("Máy tự gửi khi có mạng; xem ở thanh dưới cùng."), "");
    m_column->addStretch();
}

void FactsPanel::showAfterRefusal(const IntakeFacts& facts)
{
    clear();
    addFact(tr("Thủ tục"), facts.procedure, "label");
    addList(tr("Còn lại ở quầy"),
            {tr("Trao liên 1 phiếu từ chối cho công dân, ký cả hai liên; giữ liên 2."),
             tr("Trả lại toàn bộ giấy tờ."), tr("Nói rõ nộp ở đâu hoặc cần chuẩn bị thêm gì.")},
            "");
    addFact(tr("Gửi lên cổng"), tr("Máy tự gửi khi có mạng; xem ở thanh dưới cùng."), "");
    m_column->addStretch();
}

void FactsPanel::addFact(const QString& title, const QString& value, const char* role)
{
    if (value.isEmpty()) {
        return;
    }
    m_column->addWidget(makeLabel(title, "small"));
    m_column->addWidget(makeLabel(value, role));
    m_column->addSpacing(2 * kGrid);
}

void FactsPanel::addList(const QString& title, const QStringList& lines, const char* role)
{
    if (lines.isEmpty()) {
        return;
    }
    if (!title.isEmpty()) {
        m_column->addWidget(makeLabel(title, "small"));
    }
    for (const QString& line : lines) {
        m_column->addWidget(makeLabel(title.isEmpty() ? line : QStringLiteral("• ") + line, role));
    }
    m_column->addSpacing(2 * kGrid);
}

} // namespace motcua
