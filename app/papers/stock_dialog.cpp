// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/stock_dialog.h"

#include "app/common/error_text.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"
#include "core/papers/test_sheet.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QPointer>
#include <QScrollArea>

namespace motcua {

namespace {

constexpr int kPreviewDpi = 66;
constexpr int kSideWidth = 400;

bool isLandscape(const LaidOutPaper& paper)
{
    return paper.pageLayout().orientation() == QPageLayout::Landscape;
}

} // namespace

StockDialog::StockDialog(Theme& theme, PaperPress& press, LaidOutPaper paper, QString printer,
                         QWidget* parent)
    : QDialog(parent), m_press(press), m_paper(std::move(paper)), m_printer(std::move(printer)),
      m_preview(new QLabel), m_message(new MessageBar(theme))
{
    setWindowTitle(tr("Căn phôi"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* scroll = new QScrollArea;
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAccessibleName(tr("Phôi với các giá trị sẽ in"));
    scroll->setWidget(m_preview);
    scroll->setWidgetResizable(true);
    row->addWidget(named(scroll, "stockPreview", tr("Xem trước phôi")), 1);
    row->addWidget(makeSide());
    show(m_press.stock().calibration(toUtf8(m_printer), m_paper.name()));
    resize(1080, 660);
}

QDoubleSpinBox* StockDialog::makeBox(const char* id, const QString& spoken, double least, double most)
{
    auto* box = named(new QDoubleSpinBox, id, spoken);
    box->setRange(least, most);
    box->setDecimals(1);
    box->setSingleStep(0.5);
    return box;
}

/// The two crosses that are measured, from the sheet's edges.
QWidget* StockDialog::makeMeasured()
{
    auto* panel = new QWidget;
    auto* grid = new QGridLayout(panel);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto [first, last] = testCrosses(isLandscape(m_paper));
    const std::array right{first.x, first.y, last.x, last.y};
    const std::array ids{"crossLeft", "crossTop", "crossRight", "crossBottom"};
    const std::array spoken{tr("Dấu cộng trên trái, cách mép trái"), tr("Dấu cộng trên trái, cách mép trên"),
                            tr("Dấu cộng dưới phải, cách mép trái"), tr("Dấu cộng dưới phải, cách mép trên")};
    for (std::size_t i = 0; i < m_measured.size(); ++i) {
        m_measured[i] = makeBox(ids[i], spoken[i], 0, 320);
        m_measured[i]->setSuffix(tr(" mm"));
        m_measured[i]->setValue(right[i]);
        auto* label = makeLineLabel(spoken[i], "label");
        label->setBuddy(m_measured[i]);
        grid->addWidget(label, static_cast<int>(i), 0);
        grid->addWidget(m_measured[i], static_cast<int>(i), 1);
    }
    return panel;
}

QWidget* StockDialog::makeSide()
{
    QFrame* side = makeFrame("panel", 5 * kGrid, 3 * kGrid);
    side->setFixedWidth(kSideWidth);
    QVBoxLayout* column = columnOf(side);
    column->addWidget(makeLabel(displayText(m_paper.title()), "heading"));
    column->addWidget(
        makeLabel(m_printer.isEmpty() ? tr("Tệp PDF") : tr("Máy in %1").arg(m_printer), "hint"));
    column->addWidget(
        makeLabel(tr("1. In tờ thử trên giấy trắng, rồi đo hai dấu cộng bằng thước."), "label"));
    auto* test = makeButton(tr("In &tờ thử"), "", "printTestSheet");
    column->addWidget(test);
    column->addWidget(makeMeasured());
    auto* reckonButton = makeButton(tr("Tí&nh từ số đo"), "", "reckonStock");
    column->addWidget(reckonButton);
    column->addWidget(makeRule());
    column->addWidget(makeLabel(tr("2. Xem lại, chỉnh thêm nếu cần."), "label"));
    auto* grid = new QGridLayout;
    const std::array ids{"stockRight", "stockDown", "stockAcross", "stockAlong"};
    const std::array spoken{tr("Sang phải (mm)"), tr("Xuống dưới (mm)"), tr("Giãn ngang (%)"),
                            tr("Giãn dọc (%)")};
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        m_values[i] = i < 2 ? makeBox(ids[i], spoken[i], -30, 30) : makeBox(ids[i], spoken[i], 95, 105);
        m_values[i]->setDecimals(i < 2 ? 1 : 2);
        auto* label = makeLineLabel(spoken[i], "label");
        label->setBuddy(m_values[i]);
        grid->addWidget(label, static_cast<int>(i), 0);
        grid->addWidget(m_values[i], static_cast<int>(i), 1);
        connect(m_values[i], &QDoubleSpinBox::valueChanged, this, &StockDialog::showPreview);
    }
    column->addLayout(grid);
    column->addWidget(m_message);
    column->addStretch();
    auto* keepButton = makeButton(tr("&Lưu cho máy in này"), "primary", "keepStock");
    column->addWidget(keepButton);
    auto* close = makeButton(tr("Đó&ng"), "", "closeStock", QStringLiteral("Esc"));
    column->addWidget(close);
    connect(test, &QPushButton::clicked, this, &StockDialog::printTestSheet);
    connect(reckonButton, &QPushButton::clicked, this, &StockDialog::reckon);
    connect(keepButton, &QPushButton::clicked, this, &StockDialog::keep);
    connect(close, &QPushButton::clicked, this, &StockDialog::reject);
    return side;
}

Calibration StockDialog::chosen() const
{
    return {m_values[0]->value(), m_values[1]->value(), m_values[2]->value(), m_values[3]->value()};
}

void StockDialog::show(const Calibration& calibration)
{
    const std::array values{calibration.right, calibration.down, calibration.across, calibration.along};
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const QSignalBlocker quiet(m_values[i]);
        m_values[i]->setValue(values[i]);
    }
    showPreview();
}

void StockDialog::showPreview()
{
    const double scale = devicePixelRatioF();
    QImage image = m_paper.calibrated(chosen()).renderPage(0, static_cast<int>(kPreviewDpi * scale));
    image.setDevicePixelRatio(scale);
    m_preview->setPixmap(QPixmap::fromImage(image));
}

void StockDialog::reckon()
{
    const auto calibration =
        calibrationFor(isLandscape(m_paper), SheetPoint{m_measured[0]->value(), m_measured[1]->value()},
                       SheetPoint{m_measured[2]->value(), m_measured[3]->value()});
    if (!calibration) {
        m_message->show(Tone::Bad, tr("Bốn số đo này không thể là của tờ thử."),
                        tr("Kiểm tra lại cách đo, khổ giấy A4 và tỷ lệ in 100 %."));
        return;
    }
    m_message->dismiss();
    show(*calibration);
}

void StockDialog::printTestSheet()
{
    const auto sheet = testSheet(isLandscape(m_paper));
    if (!sheet) {
        m_message->show(Tone::Bad, tr("Chưa làm được tờ thử."), toQString(explain(sheet.error()).happened));
        return;
    }
    m_press.press(*sheet, QStringLiteral("to-thu-can-phoi"), m_printer, fromMillis(0),
                  [dialog = QPointer<StockDialog>(this)](const Result<PressEnd>& end) {
                      if (!dialog) {
                          return;
                      }
                      if (!end || end->trouble) {
                          const ErrorText text = end ? end->trouble->text : explain(end.error());
                          dialog->m_message->show(Tone::Bad, toQString(text.happened), toQString(text.next));
                          return;
                      }
                      dialog->m_message->show(Tone::Note, tr("Đã in tờ thử."),
                                              end->file.isEmpty() ? tr("Đo hai dấu cộng rồi nhập bốn số.")
                                                                  : end->file);
                  });
}

void StockDialog::keep()
{
    if (const auto kept = m_press.stock().set(toUtf8(m_printer), m_paper.name(), chosen()); !kept) {
        const ErrorText text = explain(kept.error());
        m_message->show(Tone::Bad, toQString(text.happened), toQString(text.next));
        return;
    }
    accept();
}

} // namespace motcua
