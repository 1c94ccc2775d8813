// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/register_page.h"

#include "app/intake/field_editor.h"
#include "app/register/dossier_delegate.h"
#include "app/register/dossier_panel.h"
#include "app/register/dossier_presenter.h"
#include "app/register/status_look.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/flow_layout.h"
#include "app/widgets/labels.h"

#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QTableView>

namespace motcua {

namespace {

constexpr std::int64_t kPageRows = 100;
constexpr std::int64_t kHitsMax = 50;
constexpr int kRefreshAgainMs = 1'000;

enum Chips
{
    All = 0, // the codes of Status are 1 to 10
    Overdue = 100,
    DueToday,
    DueSoon,
};

/// A question stands before the page.
bool isAsking()
{
    return QApplication::activeModalWidget() != nullptr;
}

Instant endOfDay(Instant now)
{
    return instantInVietnam(dayInVietnam(now), std::chrono::hours{24});
}

} // namespace

RegisterPage::RegisterPage(Theme& theme, Workplace& place, PaperDesk& papers, PaperPress& press,
                           FieldHelp help, Kind kind, QWidget* parent)
    : Page(parent), m_theme(theme), m_place(place), m_kind(kind),
      m_presenter(new DossierPresenter(place.desk(), place.clock(), this)), m_files(place),
      m_panel(new DossierPanel(theme, *m_presenter, m_files, papers, press, std::move(help), this)),
      m_model(nullptr), m_table(new QTableView),
      m_title(makeLabel(kind == Kind::Register ? tr("Sổ hồ sơ") : tr("Hẹn trả"), "title")),
      m_count(makeLabel({}, "hint")), m_chips(new QButtonGroup(this))
{
    m_panel->hide();
    const auto procedureName = [this](const DossierRow& row) {
        const Procedure* procedure = m_place.catalogue().find(row.procedure, dayInVietnam(row.received));
        return procedure != nullptr ? displayText(procedure->name) : displayText(row.procedure);
    };
    m_model = new DossierTableModel(
        [this](const TableQuery& query, std::int64_t offset) { return read(query, offset); },
        TableWords{m_place.clock().now(), procedureName}, this);
    makeTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4 * kGrid, 4 * kGrid, 4 * kGrid, 3 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(m_title);
    column->addWidget(makeFilters());
    column->addWidget(m_table, 1);
    auto* below = new QHBoxLayout;
    below->addWidget(m_count, 1);
    makeOldRows(below);
    column->addLayout(below);
    m_openSoon.setSingleShot(true);
    m_openSoon.setInterval(60);
    connect(&m_openSoon, &QTimer::timeout, this, &RegisterPage::openCurrent);
    m_refreshSoon.setSingleShot(true);
    m_refreshSoon.setInterval(kRefreshAgainMs);
    connect(&m_refreshSoon, &QTimer::timeout, this, &RegisterPage::refresh);
    connect(m_presenter, &DossierPresenter::changed, this, [this] {
        const std::string code = m_presenter->view()->row.code;
        reload();
        m_table->setCurrentIndex(m_model->index(m_model->rowOf(code), 0));
        emit registerChanged();
    });
    connect(m_panel, &DossierPanel::announced, this, &Page::announced);
    connect(m_model, &DossierTableModel::failed, this, [this](const Error& error) {
        const ErrorText text = explain(error);
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
    });
}

RegisterPage::~RegisterPage() = default;

void RegisterPage::makeTable()
{
    named(m_table, "dossierTable",
          m_kind == Kind::Register ? tr("Danh sách hồ sơ") : tr("Hồ sơ theo hẹn trả"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new DossierDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(-1, Qt::DescendingOrder);
    header->setStretchLastSection(true);
    fitToFont();
    m_table->viewport()->installEventFilter(this);
    connect(&m_theme, &Theme::changed, this, &RegisterPage::fitToFont);
    connect(header, &QHeaderView::sectionClicked, this, [this, header](int section) {
        m_model->sort(section, header->sortIndicatorOrder());
        showCount();
    });
    connect(header, &QHeaderView::sectionResized, this, [this, header](int section) {
        const bool isLast = header->visualIndex(section) == header->count() - 1; // stretches by itself
        m_ownColumns = m_ownColumns || (!m_fitting && !isLast);
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] { m_ownColumns = true; });
    m_table->setSortingEnabled(false);
    header->setSectionsClickable(true);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { m_openSoon.start(); });
}

void RegisterPage::fitToFont()
{
    // In letters: what is seen at 1366 pixels beside the open dossier comes first.
    constexpr int kWidths[DossierTableModel::ColumnCount] = {20, 18, 15, 15, 14, 13, 15, 13};
    const QFontMetrics metrics(QApplication::font());
    m_table->verticalHeader()->setDefaultSectionSize(metrics.height() + 3 * kGrid);
    // What is left beside the columns that fit whole goes to the procedure: its name is what is cut first,
    // and half a column at the edge tells nobody anything.
    int left = m_table->viewport()->width();
    for (const int width : kWidths) {
        if (left < width * metrics.averageCharWidth()) {
            break;
        }
        left -= width * metrics.averageCharWidth();
    }
    m_fitting = true;
    for (int i = 0; i < DossierTableModel::ColumnCount; ++i) {
        const int more = i == DossierTableModel::ProcedureColumn && left > 0 ? left : 0;
        m_table->horizontalHeader()->resizeSection(i, kWidths[i] * metrics.averageCharWidth() + more);
    }
    m_fitting = false;
}

bool RegisterPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize && !m_ownColumns) {
        fitToFont();
    }
    return Page::eventFilter(watched, event);
}

QWidget* RegisterPage::makeFilters()
{
    auto* box = new QWidget;
    auto* row = new FlowLayout(box, 2 * kGrid);
    if (m_kind == Kind::Register) {
        addChip(row, tr("Tất cả"), All);
        for (const Status status : {Status::Received, Status::Processing, Status::Supplementing,
                                    Status::Finished, Status::Returned}) {
            addChip(row, statusShort(status), statusCode(status));
        }
    } else {
        addChip(row, tr("Quá hạn"), Overdue);
        addChip(row, tr("Đến hết hôm nay"), DueToday);
        addChip(row, tr("Bảy ngày tới"), DueSoon);
    }
    m_procedure = named(new QComboBox, "procedureFilter", tr("Lọc theo thủ tục"));
    m_procedure->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_procedure->setMinimumContentsLength(16);
    m_procedure->addItem(tr("Mọi thủ tục"), QString());
    for (const Procedure* procedure : m_place.catalogue().procedures(dayInVietnam(m_place.clock().now()))) {
        m_procedure->addItem(displayText(procedure->name), toQString(procedure->code));
    }
    m_procedure->view()->setMinimumWidth(420);
    row->addWidget(m_procedure);
    const int first = m_kind == Kind::Register ? static_cast<int>(All) : static_cast<int>(DueSoon);
    m_chips->button(first)->setChecked(true);
    connect(m_chips, &QButtonGroup::idClicked, this, &RegisterPage::reload);
    connect(m_procedure, &QComboBox::currentIndexChanged, this, &RegisterPage::reload);
    return box;
}

void RegisterPage::addChip(QLayout* row, const QString& text, int id)
{
    auto* chip = makeButton(text, "chip", "filter");
    chip->setCheckable(true);
    m_chips->addButton(chip, id);
    row->addWidget(chip);
}

QWidget* RegisterPage::contextPanel()
{
    return m_panel;
}

void RegisterPage::arrive()
{
    m_presenter->refresh(); // there may have been news while another page was in front
    const std::string open = m_presenter->view() ? m_presenter->view()->row.code : std::string();
    reload();
    const int row = open.empty() ? -1 : m_model->rowOf(open);
    m_table->setCurrentIndex(m_model->index(row >= 0 ? row : 0, 0));
    takeKeyboard();
}

void RegisterPage::takeKeyboard()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0) {
        m_table->setCurrentIndex(m_model->index(0, 0));
    }
}

Result<TablePage> RegisterPage::read(const TableQuery& query, std::int64_t offset)
{
    Register& dossiers = m_place.desk().dossiers();
    if (!query.text.empty()) {
        Hits hits = TRY(dossiers.find(query.text, kHitsMax));
        m_more = hits.more;
        return TablePage{std::move(hits.rows), hits.more};
    }
    ListFilter filter = query.filter;
    filter.limit = kPageRows + 1;
    filter.offset = offset;
    TablePage page
    {
        TRY(dossiers.list(filter))
        , false
    };
    page.more = page.rows.size() > static_cast<std::size_t>(kPageRows);
    if (page.more) {
        page.rows.pop_back();
    }
    m_more = page.more;
    return page;
}

TableQuery RegisterPage::queryNow() const
{
    TableQuery query;
    query.text = toUtf8(m_text);
    const QString procedure = m_procedure->currentData().toString();
    if (!procedure.isEmpty()) {
        query.filter.procedure = toUtf8(procedure);
    }
    const Instant now = m_place.clock().now();
    const int chip = m_chips->checkedId();
    if (m_kind == Kind::Appointments) {
        query.filter.order = ListOrder::DueFirst;
        query.filter.dueBefore = chip == Overdue    ? now
                                 : chip == DueToday ? endOfDay(now)
                                                    : endOfDay(now) + std::chrono::hours{24 * 7};
    } else {
        query.filter.status = statusOfCode(chip);
    }
    return query;
}

void RegisterPage::reload()
{
    const Instant now = m_place.clock().now();
    auto shown = m_model->show(queryNow());
    if (!shown) {
        const ErrorText text = explain(shown.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
    }
    m_model->setNow(now);
    showCount();
}

void RegisterPage::showCount()
{
    const int rows = m_model->rowCount();
    QString text;
    if (rows == 0) {
        text =
            !m_text.isEmpty()
                ? tr("Không có hồ sơ nào khớp “%1”. Thử ít chữ hơn, không cần dấu.").arg(displayText(m_text))
            : m_kind == Kind::Appointments ? tr("Không có hồ sơ nào đến hạn ở đây.")
                                           : tr("Sổ chưa có hồ sơ nào như vậy. F2 để tiếp nhận.");
    } else if (m_more) {
        text = m_text.isEmpty() ? tr("Đang hiện %1 hồ sơ đầu; cuộn xuống để xem tiếp.").arg(rows)
                                : tr("Hiện %1 hồ sơ mới nhất khớp; gõ thêm để thu hẹp.").arg(rows);
    } else {
        text = tr("%1 hồ sơ").arg(rows);
    }
    m_count->setText(text);
    countOldRows();
}

void RegisterPage::search(const QString& text)
{
    m_text = text.trimmed();
    m_title->setText(m_text.isEmpty() ? tr("Sổ hồ sơ") : tr("Tìm: %1").arg(displayText(m_text)));
    reload();
    if (m_model->rowCount() > 0) {
        m_table->setCurrentIndex(m_model->index(0, 0));
    } else {
        m_presenter->close();
    }
}

void RegisterPage::forgetSearch()
{
    if (!m_text.isEmpty()) {
        m_text.clear();
        m_title->setText(tr("Sổ hồ sơ"));
    }
}

void RegisterPage::showDossier(const QString& code)
{
    const int row = m_model->rowOf(toUtf8(code));
    if (row >= 0) {
        m_table->setCurrentIndex(m_model->index(row, 0));
    }
    m_openSoon.stop();
    static_cast<void>(m_presenter->open(toUtf8(code)));
}

void RegisterPage::refresh()
{
    if (isAsking() || QApplication::mouseButtons() != Qt::NoButton) {
        m_refreshSoon.start();
    } else if (m_presenter->refresh()) {
        m_model->renew(m_presenter->view()->row);
    }
}

void RegisterPage::openCurrent()
{
    if (isAsking()) {
        m_openSoon.start(); // the answer is for the dossier that is open
        return;
    }
    const DossierRow* row = m_model->row(m_table->currentIndex());
    const bool isOpen = row != nullptr && m_presenter->view() && m_presenter->view()->row.code == row->code;
    if (row != nullptr && !isOpen && isVisible()) {
        static_cast<void>(m_presenter->open(row->code));
    }
}

void RegisterPage::pressPrint()
{
    m_panel->printPaper("slip");
}

bool RegisterPage::goBack()
{
    if (!m_text.isEmpty()) {
        search({});
        emit searchForgotten();
        return true;
    }
    return false;
}

QByteArray RegisterPage::columns() const
{
    return m_ownColumns ? m_table->horizontalHeader()->saveState() : QByteArray();
}

void RegisterPage::setColumns(const QByteArray& state)
{
    if (!state.isEmpty()) {
        m_ownColumns = true;
        m_table->horizontalHeader()->restoreState(state);
    }
}

} // namespace motcua
