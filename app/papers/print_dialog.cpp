// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/papers/print_dialog.h"

#include "app/common/error_text.h"
#include "app/papers/outcome_bar.h"
#include "app/papers/stock_dialog.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollArea>

namespace motcua {

namespace {

constexpr int kPreviewDpi = 72;
constexpr double kWidthToHeight = 210.0 / 297; ///< of A4
constexpr int kSideWidth = 380;

} // namespace

PrintDialog::PrintDialog(Theme& theme, PaperPress& press, PrintJob job, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_press(press), m_job(std::move(job))
{
    setWindowTitle(m_job.paper.title());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makePreview(), 1);
    row->addWidget(makeSide());
    resize(1080, 660);
    m_print->setFocus();
}

PrintDialog::~PrintDialog() = default;

QWidget* PrintDialog::makePreview()
{
    m_pages = new QWidget;
    m_pages->setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(m_pages);
    column->setContentsMargins(5 * kGrid, 5 * kGrid, 5 * kGrid, 5 * kGrid);
    column->setSpacing(5 * kGrid);
    showPages();
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_pages);
    scroll->setWidgetResizable(true);
    return named(scroll, "preview", tr("Xem trước"));
}

void PrintDialog::showPages()
{
    auto* column = qobject_cast<QVBoxLayout*>(m_pages->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    // A page that lies across is as wide on the screen as one that stands: nothing of it is out of sight.
    const bool isAcross = m_job.paper.pageLayout().orientation() == QPageLayout::Landscape;
    const double scale = devicePixelRatioF();
    const double dpi = kPreviewDpi * scale * (isAcross ? kWidthToHeight : 1);
    for (int i = 0; i < m_job.paper.pageCount(); ++i) {
        QImage image = m_job.paper.renderPage(i, static_cast<int>(dpi));
        image.setDevicePixelRatio(scale);
        auto* sheet = new QLabel;
        sheet->setPixmap(QPixmap::fromImage(image));
        sheet->setProperty("role", QStringLiteral("card"));
        sheet->setFrameShape(QFrame::Box);
        sheet->setAccessibleName(tr("Trang %1 của %2").arg(i + 1).arg(m_job.paper.title()));
        column->addWidget(sheet, 0, Qt::AlignHCenter);
    }
    column->addStretch();
}

QWidget* PrintDialog::makeSide()
{
    QFrame* side = makeFrame("panel", 5 * kGrid, 3 * kGrid);
    side->setFixedWidth(kSideWidth);
    QVBoxLayout* column = columnOf(side);
    column->addWidget(makeLabel(displayText(m_job.paper.title()), "heading"));
    column->addWidget(
        makeLabel(tr("%1 trang, %2 liên").arg(m_job.paper.pageCount()).arg(m_job.paper.copyCount()), "hint"));
    if (const int reprint = m_job.paper.marking().reprint; reprint > 0) {
        column->addWidget(
            makeLabel(tr("Bản in lại lần %1: giấy sẽ mang dấu “BẢN IN LẠI”.").arg(reprint), "soft-problem"));
    }
    if (m_job.issue) {
        column->addWidget(makeLabel(tr("Số của giấy được cấp khi bấm In."), "hint"));
    }
    m_message = new MessageBar(m_theme);
    column->addWidget(m_message);
    QLabel* label = makeLineLabel(tr("In ra"), "label");
    m_printer = named(new QComboBox, "printer", tr("Máy in"));
    for (const QString& name : m_press.printers()) {
        m_printer->addItem(displayText(name), name);
    }
    m_printer->addItem(tr("Tệp PDF"), QString());
    m_printer->setCurrentIndex(std::max(0, m_printer->findData(m_press.usualPrinter())));
    label->setBuddy(m_printer);
    column->addWidget(label);
    column->addWidget(m_printer);
    m_print = makeButton(tr("&In"), "primary", "print", QStringLiteral("Ctrl+P"));
    m_print->setDefault(true);
    column->addWidget(m_print);
    if (m_job.paper.isOnStock()) {
        column->addWidget(
            makeLabel(tr("In lên phôi: chỉ các giá trị được in, phần xám đã có sẵn trên phôi."), "hint"));
        m_align = makeButton(tr("&Căn phôi…"), "", "alignStock");
        column->addWidget(m_align);
        connect(m_align, &QPushButton::clicked, this, &PrintDialog::alignStock);
    }
    m_outcome = new OutcomeBar;
    m_outcome->hide();
    column->addWidget(m_outcome);
    column->addStretch();
    auto* close = makeButton(tr("Đó&ng"), "", "closePrint", QStringLiteral("Esc"));
    column->addWidget(close);
    connect(m_print, &QPushButton::clicked, this, &PrintDialog::start);
    connect(close, &QPushButton::clicked, this, &PrintDialog::reject);
    connect(m_outcome, &OutcomeBar::answered, this, &PrintDialog::finish);
    return side;
}

void PrintDialog::start()
{
    if (!m_print->isEnabled()) {
        return;
    }
    m_message->dismiss();
    if (!giveNumber()) {
        return;
    }
    m_print->setEnabled(false);
    m_press.press(paperForPrinter(), m_job.stem, m_printer->currentData().toString(), m_job.madeAt,
                  [dialog = QPointer<PrintDialog>(this)](const Result<PressEnd>& end) {
                      if (dialog) {
                          dialog->show(end);
                      }
                  });
}

/// The number is given once: a jam brings the same paper out again.
bool PrintDialog::giveNumber()
{
    if (!m_job.issue) {
        return true;
    }
    auto issued = m_job.issue();
    if (!issued) {
        explainTrouble(issued.error().error);
        return false;
    }
    m_job.paper = std::move(*issued);
    m_job.issue = {};
    showPages();
    return true;
}

LaidOutPaper PrintDialog::paperForPrinter() const
{
    const QString printer = m_printer->currentData().toString();
    return m_job.paper.calibrated(m_press.stock().calibration(toUtf8(printer), m_job.paper.name()));
}

void PrintDialog::alignStock()
{
    StockDialog dialog(m_theme, m_press, m_job.paper, m_printer->currentData().toString(), this);
    dialog.exec();
}

void PrintDialog::show(const Result<PressEnd>& end)
{
    if (!end) {
        explainTrouble(end.error());
        m_print->setEnabled(true);
        return;
    }
    m_open = *end;
    if (end->trouble) {
        if (end->trouble->answered) {
            record("jammed"); // no sheet was used: its number holds
        }
        m_open.reset();
        const ErrorText& text = end->trouble->text;
        m_message->show(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        letPrint();
        return;
    }
    if (!end->file.isEmpty()) {
        record("file");
        emit broughtOut(end->file);
        accept();
        return;
    }
    m_outcome->ask(tr("Đã gửi %1 liên tới %2. Giấy ra thế nào?").arg(end->copies).arg(end->printer));
    m_outcome->focusGood();
}

void PrintDialog::finish(const QString& outcome)
{
    const bool isWritten = record(toUtf8(outcome));
    if (outcome == QLatin1String("good")) {
        emit broughtOut({});
        accept();
        return;
    }
    if (!isWritten) {
        letPrint();
        return;
    }
    QString next = tr("Sửa máy in rồi bấm In lần nữa.");
    if (outcome == QLatin1String("spoiled") && m_job.again) {
        if (!makeAnew()) {
            return; // the sheet that is here bears a number that is used up: it must not come out
        }
        next = tr("Số trên giấy hỏng không dùng nữa; bấm In lần nữa để cấp số mới.");
    }
    m_message->show(Tone::Note, tr("Đã ghi: giấy không dùng được."), next);
    letPrint();
}

bool PrintDialog::makeAnew()
{
    auto job = m_job.again();
    if (!job) {
        explainTrouble(job.error());
        return false;
    }
    m_job = std::move(*job);
    showPages();
    return true;
}

void PrintDialog::letPrint()
{
    m_print->setEnabled(true);
    m_print->setFocus();
}

void PrintDialog::explainTrouble(const Error& error)
{
    const ErrorText text = explain(error);
    m_message->show(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
}

bool PrintDialog::record(const std::string& outcome)
{
    if (!m_open || !m_job.record) {
        m_open.reset();
        return true;
    }
    const auto written = m_job.record(*m_open, outcome);
    m_open.reset();
    if (!written) {
        explainTrouble(written.error().error);
    }
    return written.has_value();
}

void PrintDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_P && event->modifiers() == Qt::ControlModifier) {
        start();
        return;
    }
    QDialog::keyPressEvent(event);
}

void PrintDialog::reject()
{
    if (m_open) {
        record("unknown"); // it went to a printer, and nobody said how it came out
    }
    QDialog::reject();
}

} // namespace motcua
