// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/check_stage.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QGridLayout>
#include <QScrollArea>

namespace motcua {

namespace {

constexpr int kColumnWidth = 760;
constexpr int kLabelWidth = 240;

QString componentWords(const Json& component)
{
    const auto count = [&](const char* member) {
        const Json& value = at(component, member);
        return value.is_number_integer() ? value.get<int>() : 0;
    };
    QStringList parts;
    if (count("originals") > 0) {
        parts << CheckStage::tr("%1 bản chính").arg(count("originals"));
    }
    if (count("copies") > 0) {
        parts << CheckStage::tr("%1 bản sao").arg(count("copies"));
    }
    const std::string evidence = stringAt(component, "evidence");
    if (evidence == "shown") {
        parts << CheckStage::tr("xuất trình");
    } else if (evidence == "looked-up") {
        parts << CheckStage::tr("đã tra cứu");
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

CheckStage::CheckStage(IntakePresenter& presenter, QWidget* parent)
    : QWidget(parent), m_presenter(presenter),
      m_receive(makeButton(tr("&Tiếp nhận"), "primary", "receive", QStringLiteral("Ctrl+Enter")))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 4 * kGrid, 0, 0);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(6 * kGrid, 0, 6 * kGrid, 0);
    head->addWidget(makeLabel(tr("Mời công dân đọc lại"), "title"));
    head->addWidget(makeLabel(
        tr("Đọc to từng dòng, hoặc in phiếu kiểm tra để công dân tự đọc. Sai chỗ nào sửa ngay chỗ đó."),
        "hint"));
    outer->addLayout(head);
    auto* scroll = new QScrollArea;
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    page->setMaximumWidth(kColumnWidth);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(6 * kGrid, 3 * kGrid, 6 * kGrid, 6 * kGrid);
    m_column->setSpacing(3 * kGrid);
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    outer->addWidget(named(scroll, "readout", tr("Nội dung tờ khai")), 1);

    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6 * kGrid, 2 * kGrid, 6 * kGrid, 2 * kGrid);
    auto* back = makeButton(tr("&Sửa lại"), "", "backToForm", QStringLiteral("Esc"));
    auto* print = makeButton(tr("&In phiếu kiểm tra"), "", "printCheckSheet", QStringLiteral("Ctrl+P"));
    auto* refuse = makeButton(tr("Từ &chối tiếp nhận…"), "link", "refuseChecked");
    row->addWidget(back);
    row->addWidget(refuse);
    row->addStretch();
    row->addWidget(print);
    row->addWidget(m_receive);
    outer->addWidget(bar);
    connect(back, &QPushButton::clicked, this, &CheckStage::left);
    connect(refuse, &QPushButton::clicked, this, &CheckStage::refusalWanted);
    connect(print, &QPushButton::clicked, this, &CheckStage::printWanted);
    connect(m_receive, &QPushButton::clicked, this, &CheckStage::receiveWanted);
}

void CheckStage::open()
{
    clearLayout(m_column);
    for (const ReadSection& section : m_presenter.readout()) {
        addSection(section);
    }
    addPapers();
    m_column->addStretch();
    setReceiving(false);
    m_receive->setFocus();
}

void CheckStage::setReceiving(bool receiving)
{
    m_receive->setEnabled(!receiving);
}

void CheckStage::addSection(const ReadSection& section)
{
    QFrame* card = makeFrame("card", 5 * kGrid, 3 * kGrid);
    auto* head = new QHBoxLayout;
    head->addWidget(makeLabel(section.title, "heading"), 1, Qt::AlignVCenter);
    auto* edit = makeButton(tr("Sửa"), "link", "editSection");
    edit->setAccessibleName(tr("Sửa phần %1").arg(section.title));
    head->addWidget(edit);
    columnOf(card)->addLayout(head);
    connect(edit, &QPushButton::clicked, this,
            [this, pointer = section.rows.front().pointer] { emit editWanted(pointer); });
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(4 * kGrid);
    grid->setVerticalSpacing(2 * kGrid);
    grid->setColumnMinimumWidth(0, kLabelWidth);
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const ReadSection::Row& row : section.rows) {
        grid->addWidget(makeLabel(row.label, "hint"), line, 0);
        grid->addWidget(makeLabel(displayText(row.value), "large"), line, 1);
        ++line;
    }
    columnOf(card)->addLayout(grid);
    m_column->addWidget(card);
}

void CheckStage::addPapers()
{
    QFrame* card = makeFrame("card", 5 * kGrid, 2 * kGrid);
    columnOf(card)->addWidget(makeLabel(tr("Giấy tờ"), "heading"));
    const Json& components = at(m_presenter.draft(), "components");
    if (!components.is_array() || components.empty()) {
        columnOf(card)->addWidget(makeLabel(tr("Không có giấy tờ kèm theo."), "hint"));
    } else {
        for (const Json& component : components) {
            columnOf(card)->addWidget(
                makeLabel(QStringLiteral("• %1 – %2")
                              .arg(displayText(stringAt(component, "name")), componentWords(component))));
        }
    }
    m_column->addWidget(card);
}

} // namespace motcua
