// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/reports/report_page.h"

#include "app/common/error_text.h"
#include "app/common/office_report.h"
#include "app/common/paper_head.h"
#include "app/reports/report_model.h"
#include "app/theme/theme.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QComboBox>
#include <QDate>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QTableView>
#include <QTimer>

#include <system_error>

namespace motcua {

namespace {

enum Periods
{
    ThisMonth,
    LastMonth,
    ThisQuarter,
    ThisYear,
};

const QString kDayFormat = QStringLiteral("dd/MM/yyyy");

Day dayOf(const QDate& date)
{
    return Day{std::chrono::year{date.year()}, std::chrono::month{static_cast<unsigned>(date.month())},
               std::chrono::day{static_cast<unsigned>(date.day())}};
}

/// "1/11/2026", "01112026"; not valid when it is no day.
QDate readDay(const QString& text)
{
    for (const char* format : {"d/M/yyyy", "ddMMyyyy", "d.M.yyyy", "d-M-yyyy"}) {
        const QDate date = QDate::fromString(text.trimmed(), QLatin1String(format));
        if (date.isValid()) {
            return date;
        }
    }
    return {};
}

} // namespace

ReportPage::ReportPage(Theme&, Workplace& place, std::filesystem::path folder, QWidget* parent)
    : Page(parent), m_place(place), m_folder(std::move(folder)), m_model(new ReportModel(this)),
      m_title(makeLabel({}, "heading")), m_notes(makeLabel({}, "small")), m_table(new QTableView)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 4 * kGrid, 6 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Báo cáo"), "title"));
    column->addWidget(makePeriod());
    column->addWidget(m_title);
    named(m_table, "reportTable", tr("Bảng báo cáo"));
    m_table->setModel(m_model);
    m_table->horizontalHeader()->hide();
    m_table->verticalHeader()->hide();
    m_table->setWordWrap(true);
    m_table->setTextElideMode(Qt::ElideNone);
    m_table->horizontalHeader()->setMinimumSectionSize(8);
    m_table->setTabKeyNavigation(false);
    column->addWidget(m_table, 1);
    column->addWidget(m_notes);
    m_exports = makeExports();
    column->addWidget(m_exports);
    m_exports->setEnabled(false);
    choosePeriod(ThisMonth);
}

QWidget* ReportPage::makePeriod()
{
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * kGrid);
    auto* choice = new QHBoxLayout;
    choice->setSpacing(2 * kGrid);
    m_report = named(new QComboBox, "report", tr("Báo cáo"));
    for (const ReportTitle& report : officeReports()) {
        m_report->addItem(displayText(report.title), toQString(report.name));
    }
    choice->addWidget(m_report, 1);
    const QStringList periods{tr("Tháng này"), tr("Tháng trước"), tr("Quý này"), tr("Năm nay")};
    for (int i = 0; i < periods.size(); ++i) {
        auto* chip = makeButton(periods[i], "chip", "period");
        connect(chip, &QPushButton::clicked, this, [this, i] {
            choosePeriod(i);
            make();
        });
        choice->addWidget(chip);
    }
    rows->addLayout(choice);
    auto* days = new QHBoxLayout;
    days->setSpacing(2 * kGrid);
    m_from = addDay(days, tr("Từ ngày"), "from");
    m_to = addDay(days, tr("đến ngày"), "to");
    addMaking(days);
    rows->addLayout(days);
    return box;
}

QLineEdit* ReportPage::addDay(QHBoxLayout* row, const QString& label, const char* id)
{
    QLabel* name = makeLineLabel(label, "label");
    auto* field = named(new QLineEdit, id, label);
    field->setFixedWidth(120);
    field->setMaxLength(10);
    name->setBuddy(field);
    row->addWidget(name);
    row->addWidget(field);
    connect(field, &QLineEdit::returnPressed, this, &ReportPage::make);
    return field;
}

void ReportPage::addMaking(QHBoxLayout* row)
{
    m_make = makeButton(tr("&Xem"), "primary", "makeReport", QStringLiteral("Ctrl+Enter"));
    row->addWidget(m_make);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(100);
    m_progress->hide();
    row->addWidget(named(m_progress, "progress", tr("Đang tính báo cáo")));
    m_stop = makeButton(tr("&Dừng"), "", "stopReport");
    m_stop->hide();
    row->addWidget(m_stop);
    row->addStretch();
    connect(m_make, &QPushButton::clicked, this, &ReportPage::make);
    connect(m_stop, &QPushButton::clicked, this, [this] { static_cast<void>(goBack()); });
}

QWidget* ReportPage::makeExports()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    row->addWidget(makeLineLabel(tr("Xuất ra"), "label"));
    struct Export
    {
        const char* words;
        const char* id;
        ReportFormat format;
        const char* ending;
    };
    for (const Export& one : {Export{QT_TR_NOOP("&Excel (XLSX)"), "exportXlsx", ReportFormat::Xlsx, "xlsx"},
                              Export{QT_TR_NOOP("&PDF"), "exportPdf", ReportFormat::Pdf, "pdf"},
                              Export{QT_TR_NOOP("&CSV"), "exportCsv", ReportFormat::Csv, "csv"}}) {
        auto* button = makeButton(tr(one.words), "", one.id);
        connect(button, &QPushButton::clicked, this, [this, one] { exportAs(one.format, one.ending); });
        row->addWidget(button);
    }
    row->addWidget(makeLineLabel(tr("vào %1").arg(displayText(m_folder.string())), "small"));
    row->addStretch();
    return box;
}

void ReportPage::choosePeriod(int which)
{
    const Day today = dayInVietnam(m_place.clock().now());
    const QDate now(static_cast<int>(today.year()), static_cast<int>(static_cast<unsigned>(today.month())),
                    static_cast<int>(static_cast<unsigned>(today.day())));
    QDate from(now.year(), now.month(), 1);
    QDate to = from.addMonths(1).addDays(-1);
    switch (which) {
    case LastMonth:
        from = from.addMonths(-1);
        to = from.addMonths(1).addDays(-1);
        break;
    case ThisQuarter:
        from = QDate(now.year(), (now.month() - 1) / 3 * 3 + 1, 1);
        to = from.addMonths(3).addDays(-1);
        break;
    case ThisYear:
        from = QDate(now.year(), 1, 1);
        to = QDate(now.year(), 12, 31);
        break;
    default:
        break;
    }
    m_from->setText(from.toString(kDayFormat));
    m_to->setText(to.toString(kDayFormat));
}

void ReportPage::arrive()
{
    m_from->setFocus();
    if (m_made.isEmpty()) {
        make();
    }
}

bool ReportPage::goBack()
{
    if (m_progress->isVisible()) {
        ++m_run; // the answer of the one that runs is dropped
        setBusy(false);
        emit announced(Tone::Note, tr("Đã dừng. Báo cáo trước đó vẫn còn trên màn hình."), {});
        return true;
    }
    return false;
}

void ReportPage::setBusy(bool busy)
{
    m_progress->setVisible(busy);
    m_stop->setVisible(busy);
    m_make->setEnabled(!busy);
}

void ReportPage::make()
{
    const QDate from = readDay(m_from->text());
    const QDate to = readDay(m_to->text());
    if (!from.isValid() || !to.isValid() || to < from) {
        emit announced(Tone::Warning, tr("Khoảng ngày chưa đúng."),
                       tr("Ghi ngày như 01/11/2026; ngày đầu không sau ngày cuối."));
        (from.isValid() ? m_to : m_from)->setFocus();
        return;
    }
    setBusy(true);
    const int run = ++m_run;
    const std::string name = toUtf8(m_report->currentData().toString());
    const QString made = QStringLiteral("%1-%2-%3")
                             .arg(toQString(name), from.toString(QStringLiteral("yyyyMMdd")),
                                  to.toString(QStringLiteral("yyyyMMdd")));
    Workplace* place = &m_place;
    inBackground<Result<ReportTable>>(
        this,
        [place, name, first = dayOf(from), last = dayOf(to)]() -> Result<ReportTable> {
            Connection connection = TRY(place->folder().connect(OpenMode::ReadOnly));
            return officeReport(*place, connection, name, first, last);
        },
        [this, run, made](Result<ReportTable> table) {
            if (run == m_run) {
                setBusy(false);
                m_made = table ? made : m_made;
                show(table);
            }
        });
}

void ReportPage::show(const Result<ReportTable>& table)
{
    if (!table) {
        const ErrorText text = explain(table.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    m_table->clearSpans();
    m_model->show(*table);
    for (const QRect& span : m_model->spans()) {
        m_table->setSpan(span.y(), span.x(), span.height(), span.width());
    }
    QStringList title;
    for (const std::string& line : titleLines(*table)) {
        title << displayText(line);
    }
    m_title->setText(title.join(QLatin1Char(' ')));
    fitColumns();
    QStringList notes;
    for (const std::string& note : table->notes) {
        notes << displayText(note);
    }
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_exports->setEnabled(true);
    emit shown();
}

void ReportPage::fitColumns()
{
    const std::vector<ReportColumn>& columns = m_model->table().columns;
    double total = 0;
    for (const ReportColumn& column : columns) {
        total += column.width;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double share = columns[i].width / total;
        m_table->setColumnWidth(static_cast<int>(i),
                                static_cast<int>(share * (m_table->viewport()->width() - 2)));
    }
    m_table->resizeRowsToContents();
}

void ReportPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    QTimer::singleShot(0, this, &ReportPage::fitColumns);
}

void ReportPage::exportAs(ReportFormat format, const char* ending)
{
    std::error_code failed;
    std::filesystem::create_directories(m_folder, failed);
    const std::filesystem::path file = m_folder / (toUtf8(m_made) + '.' + ending);
    m_exports->setEnabled(false);
    const std::filesystem::path templates = unitPaperFolder(m_place.folder().folder());
    static_cast<void>(
        m_place.desk().recordView("report.exported", Json{{"report", toUtf8(m_made)}, {"format", ending}}));
    inBackground<Result<void>>(
        this,
        [table = m_model->table(), format, file, templates] {
            return writeReport(table, format, file, PaperTemplates(templates));
        },
        [this, file](Result<void> written) {
            m_exports->setEnabled(true);
            if (!written) {
                const ErrorText text = explain(written.error());
                emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
                return;
            }
            emit announced(Tone::Good, tr("Đã xuất báo cáo."), toQString(file.string()));
            emit exported(toQString(file.string()));
        });
}

} // namespace motcua
