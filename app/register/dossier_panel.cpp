// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/register/dossier_panel.h"

#include "app/books/sign_dialog.h"
#include "app/files/file_actions.h"
#include "app/files/file_row.h"
#include "app/register/file_words.h"
#include "app/register/held_place.h"
#include "app/register/status_look.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/flow_layout.h"
#include "app/widgets/labels.h"
#include "core/base/text.h"

#include <QButtonGroup>
#include <QScrollArea>

namespace motcua {

namespace {

enum Views
{
    Contents,
    History,
    Papers,
};

constexpr int kPaperMargins = 84; ///< of a paper's button: its icon and the space around

} // namespace

DossierPanel::DossierPanel(Theme& theme, DossierPresenter& presenter, FileDesk& files, PaperDesk& papers,
                           PaperPress& press, FieldHelp help, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_presenter(presenter), m_files(files),
      m_fileActions(new FileActions(files, this)), m_papers(papers), m_press(press), m_help(std::move(help)),
      m_head(new QVBoxLayout), m_steps(new QVBoxLayout), m_views(new QButtonGroup(this)),
      m_viewBar(new QWidget), m_scroll(new QScrollArea)
{
    setMinimumWidth(364);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 3 * kGrid);
    column->setSpacing(3 * kGrid);
    m_head->setSpacing(kGrid);
    m_steps->setSpacing(kGrid);
    column->addLayout(m_head);
    column->addLayout(m_steps);
    auto* bar = new QHBoxLayout(m_viewBar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(0);
    const QStringList titles{tr("&Nội dung"), tr("&Lịch sử"), tr("&Giấy tờ")};
    constexpr const char* ids[] = {"view:contents", "view:history", "view:papers"};
    for (int i = 0; i < titles.size(); ++i) {
        auto* button = makeButton(titles[i], "step", ids[i]);
        button->setCheckable(true);
        m_views->addButton(button, i);
        bar->addWidget(button);
    }
    bar->addStretch();
    m_views->button(Contents)->setChecked(true);
    column->addWidget(m_viewBar);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_scroll, 1);
    connect(m_fileActions, &FileActions::announced, this, &DossierPanel::announced);
    connect(m_views, &QButtonGroup::idClicked, this, &DossierPanel::fillView);
    connect(&m_presenter, &DossierPresenter::shown, this, &DossierPanel::refresh);
    connect(&m_theme, &Theme::changed, this, &DossierPanel::refresh);
    refresh();
}

void DossierPanel::refresh()
{
    const std::string uid = m_presenter.view() ? m_presenter.view()->row.uid : std::string();
    const HeldPlace held(*this, *m_scroll);
    fillHead();
    fillSteps();
    fillView();
    m_viewBar->setVisible(m_presenter.view().has_value());
    if (!uid.empty() && uid == m_uid) {
        held.giveBack(*m_views->checkedButton());
    }
    m_uid = uid;
}

void DossierPanel::fillHead()
{
    clearLayout(m_head);
    if (!m_presenter.view()) {
        m_head->addWidget(makeLabel(tr("Chưa chọn hồ sơ"), "heading"));
        m_head->addWidget(makeLabel(
            tr("Chọn một dòng bên trái bằng ↑ ↓ để xem hồ sơ, lịch sử và bước tiếp theo của nó."), "hint"));
        return;
    }
    const DossierRow& row = m_presenter.view()->row;
    QLabel* code = makeLineLabel(toQString(row.code), "code-small");
    code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    code->setAccessibleName(tr("Mã hồ sơ %1").arg(toQString(row.code)));
    m_head->addWidget(code);
    m_head->addWidget(makeLabel(displayText(row.name), "heading"));
    m_head->addWidget(makeLabel(m_presenter.procedureName()));
    auto* line = new QHBoxLayout;
    line->setSpacing(kGrid);
    const StatusLook look = lookOf(row.status);
    const QColor ink = m_theme.colors().*look.ink;
    const int side = fontMetrics().height();
    QLabel* icon = makeLineLabel({});
    icon->setPixmap(
        Theme::icon(QLatin1String(look.icon), ink).pixmap(QSize(side, side), devicePixelRatioF()));
    QLabel* words = makeLineLabel(statusWords(row.status), "label");
    QPalette palette = words->palette();
    palette.setColor(QPalette::WindowText, ink);
    words->setPalette(palette);
    line->addWidget(icon);
    line->addWidget(words);
    line->addStretch();
    m_head->addLayout(line);
    if (row.due) {
        m_head->addWidget(makeLabel(tr("Hẹn trả %1").arg(longTime(*row.due)), "hint"));
    }
    if (row.gone) {
        m_head->addWidget(
            makeLabel(tr("Cổng đã chuyển hồ sơ này đi nơi khác; ở đây chỉ còn để tra cứu."), "soft-problem"));
    }
}

void DossierPanel::fillSteps()
{
    clearLayout(m_steps);
    if (!m_presenter.view() || m_presenter.view()->row.gone) {
        return;
    }
    addFees();
    addBook();
    const std::vector<Status> moves = movesFrom(m_presenter.view()->row.status);
    if (moves.empty()) {
        m_steps->addWidget(makeLabel(tr("Hồ sơ đã kết thúc."), "hint"));
        return;
    }
    m_steps->addWidget(makeLabel(tr("Bước tiếp theo"), "small"));
    auto* box = new QWidget;
    auto* flow = new FlowLayout(box, kGrid);
    for (std::size_t i = 0; i < moves.size(); ++i) {
        const Status to = moves[i];
        auto* button = makeButton(moveWords(to), "", "move");
        button->setObjectName(QStringLiteral("move:") + toQString(statusName(to)));
        connect(button, &QPushButton::clicked, this, [this, to] { askMove(to); });
        flow->addWidget(button);
    }
    m_steps->addWidget(box);
}

void DossierPanel::addBook()
{
    const std::string code = m_presenter.view()->row.code;
    for (const QString& line : bookLines(m_presenter.desk(), code)) {
        m_steps->addWidget(makeLabel(line, "good"));
    }
    if (!maySignInto(m_presenter.desk(), code)) {
        return;
    }
    auto* button = makeButton(tr("&Ký và vào sổ…"), "", "signIntoBook");
    auto* row = new QHBoxLayout;
    row->addWidget(button);
    row->addStretch();
    m_steps->addLayout(row);
    connect(button, &QPushButton::clicked, this, [this, code] {
        const auto done = askToSign(m_theme, m_presenter.desk(), code, window(), m_papers.office());
        if (done) {
            m_presenter.wroteBeside();
            emit announced(Tone::Good, tr("Đã vào sổ, số %1.").arg(toQString(bookNumber(done->first))),
                           tr("In giấy cho công dân ở mục Giấy tờ."));
        }
    });
}

void DossierPanel::fillView()
{
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("page"));
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, kGrid, 0);
    column->setSpacing(2 * kGrid);
    if (m_presenter.view()) {
        switch (m_views->checkedId()) {
        case History:
            fillHistory(column);
            break;
        case Papers:
            fillPapers(column);
            break;
        default:
            fillContents(column);
        }
    }
    column->addStretch();
    m_scroll->setWidget(page);
}

void DossierPanel::showView(int view)
{
    m_views->button(view)->setChecked(true);
    fillView();
}

void DossierPanel::fillContents(QVBoxLayout* column)
{
    for (const ReadSection& section : readSections(m_presenter.parts(), m_presenter.view()->dossier)) {
        column->addWidget(makeLabel(section.title, "label"));
        for (const ReadSection::Row& row : section.rows) {
            addRow(column, row);
        }
        column->addWidget(makeRule());
    }
    fillComponents(column);
}

void DossierPanel::fillComponents(QVBoxLayout* column)
{
    const Json& components = at(m_presenter.view()->dossier, "components");
    const std::vector<Desk::DossierFile> files = m_presenter.files();
    if (components.is_array() && !components.empty()) {
        column->addWidget(makeLabel(tr("Giấy tờ đã nộp"), "label"));
    }
    if (!files.empty()) {
        column->addWidget(makeLabel(filesWords(files), allAtPortal(files) ? "good" : "hint"));
    }
    for (std::size_t i = 0; components.is_array() && i < components.size(); ++i) {
        column->addWidget(makeLabel(QStringLiteral("• ") + displayText(stringAt(components[i], "name"))));
        for (const Desk::DossierFile& file : files) {
            if (file.component == i) {
                addFile(column, file);
            }
        }
    }
    for (const Desk::DossierFile& file : files) {
        if (!file.component) {
            addFile(column, file); // of the results
        }
    }
}

void DossierPanel::addFile(QVBoxLayout* column, const Desk::DossierFile& file)
{
    auto* row = new FileRow(toQString(file.named.name), fileWords(file));
    if (!file.record) {
        column->addWidget(row); // its bytes lie at the portal
        return;
    }
    if (isSpoiled(file)) {
        row->setDetail(fileWords(file), "problem");
    }
    const std::string code = m_presenter.view()->row.code;
    auto* look = row->addButton(tr("Xem"), "lookFile", tr("Xem tệp %1"));
    auto* save = row->addButton(tr("Lưu ra…"), "saveFile", tr("Lưu tệp %1 ra ngoài sổ"));
    connect(look, &QPushButton::clicked, this,
            [this, named = file.named, code] { m_fileActions->look(named, code); });
    connect(save, &QPushButton::clicked, this,
            [this, named = file.named, code] { m_fileActions->save(named, code); });
    m_files.picture(file.named, row->pictureSide(), row,
                    [row](const Result<QImage>& picture) { row->setPicture(picture.value_or(QImage())); });
    column->addWidget(row);
}

void DossierPanel::addRow(QVBoxLayout* column, const ReadSection::Row& row)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(2 * kGrid);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(makeLabel(row.label, "small"));
    words->addWidget(makeLabel(displayText(row.value)));
    line->addLayout(words, 1);
    if (!m_presenter.view()->row.gone && !isEnd(m_presenter.view()->row.status)) {
        auto* edit = makeButton(tr("Sửa"), "link", "editField");
        edit->setAccessibleName(tr("Sửa %1").arg(row.label));
        edit->setProperty(HeldPlace::kWhich, toQString(row.pointer));
        connect(edit, &QPushButton::clicked, this, [this, pointer = row.pointer] { askChange(pointer); });
        line->addWidget(edit, 0, Qt::AlignTop);
    }
    column->addLayout(line);
}

void DossierPanel::fillHistory(QVBoxLayout* column)
{
    for (const TimelineEntry& entry : m_presenter.timeline()) {
        auto* line = new QHBoxLayout;
        line->setSpacing(3 * kGrid);
        const int side = fontMetrics().height() + kGrid;
        QLabel* icon = makeLineLabel({});
        icon->setPixmap(Theme::icon(entry.icon.isEmpty() ? QStringLiteral("history") : entry.icon,
                                    m_theme.colors().accent)
                            .pixmap(QSize(side, side), devicePixelRatioF()));
        line->addWidget(icon, 0, Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(makeLabel(entry.what, "label"));
        words->addWidget(makeLabel(tr("%1 · %2").arg(entry.when, entry.who), "small"));
        for (const QString& detail : entry.details) {
            words->addWidget(makeLabel(detail));
        }
        line->addLayout(words, 1);
        column->addLayout(line);
        column->addWidget(makeRule());
    }
}

void DossierPanel::fillPapers(QVBoxLayout* column)
{
    const auto papers = m_papers.papers(*m_presenter.view());
    if (!papers) {
        column->addWidget(makeLabel(toQString(explain(papers.error()).sentence()), "problem"));
        return;
    }
    column->addWidget(makeLabel(tr("In lại lấy đúng bản đã in lần đầu và mang dấu “BẢN IN LẠI”."), "small"));
    for (const PaperTitle& paper : *papers) {
        const QString title = displayText(paper.title);
        auto* button = makeButton(title, "", "printPaper");
        button->setText(brokenIntoLines(title, button->fontMetrics(), m_scroll->width() - kPaperMargins));
        button->setObjectName(QStringLiteral("print:") + toQString(paper.name));
        button->setIcon(m_theme.icon(QStringLiteral("printer")));
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        button->setStyleSheet(QStringLiteral("text-align: left;"));
        connect(button, &QPushButton::clicked, this, [this, name = paper.name] { printPaper(name); });
        column->addWidget(button);
    }
}

void DossierPanel::printPaper(const std::string& paper)
{
    if (!m_presenter.view()) {
        return;
    }
    const std::string code = m_presenter.view()->row.code;
    auto job = m_papers.paperOf(code, paper);
    if (!job) {
        const ErrorText text = explain(job.error());
        emit announced(Tone::Bad, toQString(text.happened), toQString(text.safe + ' ' + text.next));
        return;
    }
    PrintDialog dialog(m_theme, m_press, std::move(*job), window());
    connect(&dialog, &PrintDialog::broughtOut, this, [this, code](const QString& file) {
        static_cast<void>(m_presenter.open(code));
        if (!file.isEmpty()) {
            emit announced(Tone::Good, tr("Đã lưu tệp PDF."), file);
        }
    });
    dialog.exec();
}

/// Money stands before the next step: it is what is forgotten.
void DossierPanel::addFees()
{
    const DossierPresenter::OpenFees open = m_presenter.openFees();
    if (!open.any() || m_presenter.view()->row.status == Status::Refused) {
        return;
    }
    const QString words = open.unpaid > 0 ? tr("Ghi đã &thu %1…").arg(toQString(formatDong(open.unpaid)))
                                          : tr("Ghi &số biên lai…");
    auto* button = makeButton(words, "", "collectFees");
    auto* row = new QHBoxLayout;
    row->addWidget(button);
    row->addStretch();
    m_steps->addLayout(row);
    connect(button, &QPushButton::clicked, this, &DossierPanel::askFees);
}

} // namespace motcua
