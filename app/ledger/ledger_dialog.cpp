// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledger/ledger_dialog.h"

#include "app/common/error_text.h"
#include "app/common/ledger_words.h"
#include "app/ledger/column_table.h"
#include "app/ledger/imports_dialog.h"
#include "app/ledger/ledger_head.h"
#include "app/ledger/ledger_progress.h"
#include "app/ledger/preview_table.h"
#include "app/theme/theme.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QSplitter>

namespace motcua {

LedgerDialog::LedgerDialog(Theme& theme, Workplace& place, QWidget* parent)
    : QDialog(parent), m_theme(theme), m_place(place), m_message(new MessageBar(theme)),
      m_head(new LedgerHead), m_columns(new ColumnTable), m_preview(new PreviewTable),
      m_seen(named(new QCheckBox(tr("Tôi đã &xem chữ trước và sau khi chuyển ở từng cột, đọc được và đúng")),
                   "ledgerSeen", tr("Đã xem chữ trước và sau khi chuyển"))),
      m_progress(new LedgerProgress)
{
    setWindowTitle(tr("Nhập sổ cũ"));
    resize(1240, 680);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * kGrid, 4 * kGrid, 5 * kGrid, 4 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(tr("Nhập sổ cũ"), "heading"));
    column->addWidget(m_message);
    column->addWidget(m_head);
    auto* both = new QSplitter(Qt::Vertical);
    both->setChildrenCollapsible(false);
    both->addWidget(m_columns);
    both->addWidget(m_preview);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    column->addWidget(both, 1);
    column->addWidget(m_seen);
    column->addWidget(m_progress);
    addButtons(column);
    m_message->dismiss();
    connect(m_head, &LedgerHead::fileWanted, this, &LedgerDialog::chooseFile);
    connect(m_head, &LedgerHead::partChosen, this, [this] { survey(false); });
    connect(m_head, &LedgerHead::bookChanged, this, &LedgerDialog::refresh);
    connect(m_columns, &ColumnTable::changed, this, &LedgerDialog::refresh);
    connect(m_seen, &QCheckBox::toggled, this, &LedgerDialog::showState);
    showState();
    m_head->takeKeyboard();
}

LedgerDialog::~LedgerDialog()
{
    m_progress->stop(); // what runs beside is waited for
}

void LedgerDialog::addButtons(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_close = makeButton(tr("Đóng"), "", "closeLedger", QStringLiteral("Esc"));
    m_imports = makeButton(tr("Các lần đã nhậ&p…"), "", "showImports");
    m_problems = makeButton(tr("Lưu danh &sách cần xem lại…"), "", "saveLedgerProblems");
    m_stop = makeButton(tr("Dừn&g"), "", "stopLedger");
    m_check = makeButton(tr("&Kiểm tra cả tệp"), "", "checkLedger");
    m_import = makeButton(tr("&Nhập vào sổ"), "primary", "importLedger");
    for (QPushButton* button : {m_close, m_imports, m_problems, m_stop, m_check, m_import}) {
        button->setAutoDefault(false);
    }
    row->addWidget(m_close);
    row->addWidget(m_imports);
    row->addStretch();
    row->addWidget(m_problems);
    row->addWidget(m_stop);
    row->addWidget(m_check);
    row->addWidget(m_import);
    column->addLayout(row);
    connect(m_close, &QPushButton::clicked, this, &LedgerDialog::reject);
    connect(m_imports, &QPushButton::clicked, this, &LedgerDialog::showImports);
    connect(m_problems, &QPushButton::clicked, this, &LedgerDialog::saveProblems);
    connect(m_stop, &QPushButton::clicked, m_progress, &LedgerProgress::stop);
    connect(m_check, &QPushButton::clicked, this, &LedgerDialog::checkAll);
    connect(m_import, &QPushButton::clicked, this, &LedgerDialog::importAll);
}

void LedgerDialog::chooseFile()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Chọn tệp sổ cũ"), {}, tr("Bảng tính và CSV (*.xlsx *.csv *.txt);;Mọi tệp (*)"));
    if (!file.isEmpty()) {
        openFile(file);
    }
}

void LedgerDialog::openFile(const QString& file)
{
    m_file = file;
    survey(true);
}

void LedgerDialog::survey(bool anew)
{
    SurveyOptions options;
    if (!anew && m_survey) {
        options = m_head->options(*m_survey);
    }
    look(options);
}

void LedgerDialog::look(const SurveyOptions& options)
{
    begin(tr("Đang đọc tệp…"));
    inBackground<Result<LedgerSurvey>>(
        this,
        [file = std::filesystem::path(m_file.toStdString()), options, run = m_run] {
            return surveyBeside(file, options, *run);
        },
        [this](Result<LedgerSurvey> found) { takeSurvey(std::move(found)); });
}

void LedgerDialog::takeSurvey(Result<LedgerSurvey> survey)
{
    if (!survey) {
        end(m_survey ? State::Mapping : State::NoFile);
        tellError(survey.error());
        return;
    }
    m_survey = std::move(*survey);
    m_ledger = 0;
    m_seen->setChecked(false);
    m_head->showFile(*m_survey);
    end(State::Mapping);
    m_message->dismiss();
    showMap(suggestedMap(*m_survey));
    takeStanding();
}

/// Of this sheet something may have come in before: all of it, or a part whose map then holds.
void LedgerDialog::takeStanding()
{
    LedgerStore store(m_place.connection());
    const auto standing = store.standing(m_survey->file.sha256, m_survey->sheet);
    if (!standing) {
        tellError(standing.error());
        return;
    }
    if (!*standing) {
        return;
    }
    const LedgerRecord& record = **standing;
    m_ledger = record.id;
    const QString when = toQString(toDisplayTime(record.at));
    if (record.isDone) {
        end(State::Done);
        m_message->show(Tone::Note,
                        tr("Tệp này đã được nhập lúc %1 bởi %2.").arg(when, displayText(record.official)),
                        toQString(ledgerSummary(record.tally)) +
                            tr(" Không cần nhập lại. Nếu nhập nhầm, mở “Các lần đã nhập” để gỡ."));
        return;
    }
    const auto json = parseJson(record.map);
    const auto map = json ? parseLedgerMap(*json) : tl::unexpected(Problems{});
    if (map && map->header != m_survey->header) {
        look(
            {m_survey->sheet, map->header, m_survey->delimiter}); // its titles stood elsewhere than they seem
        return;
    }
    if (map) {
        showMap(*map);
    }
    end(State::Half);
    m_seen->setChecked(true); // they were looked at when it began
    m_message->show(Tone::Note,
                    tr("Tệp này đang nhập dở từ %1 (%2).").arg(when, displayText(record.official)),
                    toQString(ledgerSummary(record.tally)) +
                        tr(" Bấm “Nhập tiếp”; những dòng đã nhập không bị nhập lại."));
}

void LedgerDialog::showMap(const LedgerMap& map)
{
    m_showing = true;
    m_head->showMap(map);
    m_columns->show(*m_survey, map);
    m_showing = false;
    refresh();
}

LedgerMap LedgerDialog::mapNow() const
{
    LedgerMap map;
    map.sheet = m_survey->sheet;
    map.header = m_survey->header;
    map.delimiter = m_survey->delimiter;
    m_head->fill(map);
    map.columns = m_columns->rules();
    return map;
}

void LedgerDialog::refresh()
{
    if (m_showing || !m_survey) {
        return;
    }
    // Through the same door as a map from a file, so that the window can say nothing that the rules forbid.
    const auto map = parseLedgerMap(toJson(mapNow()));
    const auto ready = map ? readyMap(*map, *m_survey) : tl::unexpected(map.error());
    m_ready = ready ? std::optional(*ready) : std::nullopt;
    if (m_ready) {
        m_preview->show(*m_survey, *m_ready);
        m_progress->say({});
    } else {
        m_preview->setRowCount(0);
        m_progress->say(displayText(ready.error().front().message));
    }
    showState();
}

void LedgerDialog::checkAll()
{
    if (!m_ready) {
        return;
    }
    begin(tr("Đang kiểm tra…"));
    inBackground<Result<LedgerTally>>(
        this,
        [place = &m_place, survey = *m_survey, map = *m_ready, run = m_run] {
            return checkBeside(*place, survey, map, *run);
        },
        [this](Result<LedgerTally> tally) {
            end(m_before);
            if (!tally) {
                tellError(tally.error());
                return;
            }
            m_message->show(tally->review == 0 ? Tone::Good : Tone::Warning,
                            tr("Nếu nhập: %1").arg(toQString(ledgerSummary(*tally))), tr("Chưa nhập gì."));
        });
}

void LedgerDialog::importAll()
{
    if (!m_ready) {
        return;
    }
    begin(tr("Đang nhập…"));
    inBackground<Result<LedgerOutcome>>(
        this,
        [place = &m_place, actor = m_place.desk().actor(), survey = *m_survey, map = *m_ready, run = m_run] {
            return importBeside(*place, actor, survey, map, *run);
        },
        [this](Result<LedgerOutcome> outcome) { takeOutcome(std::move(outcome)); });
}

void LedgerDialog::takeOutcome(Result<LedgerOutcome> outcome)
{
    if (!outcome) {
        end(m_before);
        tellError(outcome.error());
        return;
    }
    m_ledger = outcome->ledger;
    end(outcome->isDone ? State::Done : State::Half);
    const QString summary = toQString(ledgerSummary(outcome->tally));
    if (outcome->isDone) {
        m_message->show(
            outcome->tally.review == 0 ? Tone::Good : Tone::Warning, tr("Đã nhập xong. %1").arg(summary),
            tr("Tìm các dòng này bằng ô tìm kiếm (Ctrl+K); chúng được ghi là “nhập từ sổ cũ” và không "
               "gửi lên cổng."));
    } else {
        m_message->show(Tone::Warning, tr("Đã dừng. %1").arg(summary),
                        tr("Những dòng đã nhập được giữ. Bấm “Nhập tiếp”, hoặc chọn lại tệp này lúc khác."));
    }
}

void LedgerDialog::saveProblems()
{
    QString file =
        QFileDialog::getSaveFileName(this, tr("Lưu danh sách cần xem lại"), tr("so-cu-can-xem-lai.xlsx"),
                                     tr("Bảng tính (*.xlsx);;CSV (*.csv)"));
    if (file.isEmpty()) {
        return;
    }
    if (!file.endsWith(QLatin1String(".csv")) && !file.endsWith(QLatin1String(".xlsx"))) {
        file += QLatin1String(".xlsx");
    }
    const auto saved = saveOddRows(m_place, m_ledger, std::filesystem::path(file.toStdString()));
    if (!saved) {
        tellError(saved.error());
        return;
    }
    m_message->show(Tone::Good,
                    tr("Đã lưu %n dòng vào %1.", nullptr, static_cast<int>(*saved)).arg(displayText(file)),
                    tr("Tệp này có dữ liệu cá nhân: giữ như giữ sổ."));
}

void LedgerDialog::showImports()
{
    auto* dialog = new ImportsDialog(m_theme, m_place, m_ledger, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportsDialog::withdrawn, this, &LedgerDialog::takeWithdrawal);
    dialog->open();
}

/// The file that stands here may come in again, with the map that stands here for somebody to mend.
void LedgerDialog::takeWithdrawal(std::int64_t ledger)
{
    if (ledger != m_ledger || !m_survey) {
        return;
    }
    m_ledger = 0;
    m_seen->setChecked(false);
    end(State::Mapping);
    refresh();
    m_columns->setFocus();
    m_message->show(Tone::Good, tr("Đã gỡ bản nhập của tệp này."),
                    tr("Sửa cột và bảng mã nếu cần, rồi nhập lại."));
}

void LedgerDialog::begin(const QString& what)
{
    m_before = m_state;
    m_state = State::Busy;
    m_run = m_progress->begin(what);
    showState();
    m_stop->setFocus();
}

void LedgerDialog::end(State state)
{
    m_state = state;
    m_progress->end();
    showState();
    (m_import->isEnabled() ? m_import : m_close)->setFocus();
}

void LedgerDialog::tellError(const Error& error)
{
    const std::string sentence = ledgerFileTrouble(error);
    if (!sentence.empty()) {
        m_message->show(error.detail == "stopped" ? Tone::Note : Tone::Bad, displayText(sentence));
        return;
    }
    const ErrorText text = explain(error);
    m_message->show(Tone::Bad, toQString(text.happened), toQString(text.safe + " " + text.next));
}

void LedgerDialog::showState()
{
    const bool busy = m_state == State::Busy;
    const bool mapping = m_state == State::Mapping;
    const bool half = m_state == State::Half;
    const bool asks = mapping && m_columns->asksForEyes();
    m_head->allow(busy ? LedgerHead::Use::Nothing : mapping ? LedgerHead::Use::All : LedgerHead::Use::File);
    m_columns->setReadOnly(!mapping);
    m_seen->setVisible(asks);
    m_imports->setEnabled(!busy);
    m_stop->setVisible(busy);
    m_problems->setVisible(!busy && m_ledger != 0 && (half || m_state == State::Done));
    m_check->setVisible(!busy && mapping);
    m_import->setVisible(!busy && m_state != State::Done);
    m_check->setEnabled(m_ready.has_value());
    m_import->setText(half ? tr("&Nhập tiếp") : tr("&Nhập vào sổ"));
    m_import->setEnabled(m_ready.has_value() && (half || (mapping && (!asks || m_seen->isChecked()))));
}

void LedgerDialog::reject()
{
    if (m_state == State::Busy) {
        m_progress->stop(); // closing waits for the batch; the next Esc closes
        return;
    }
    QDialog::reject();
}

} // namespace motcua
