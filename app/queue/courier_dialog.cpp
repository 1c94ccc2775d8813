// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queue/courier_dialog.h"

#include "app/common/courier_text.h"
#include "app/theme/theme.h"
#include "app/widgets/background.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"
#include "app/widgets/message_bar.h"
#include "sync/bundle/folder_stick.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QStorageInfo>

namespace motcua {

namespace {

constexpr int kWidth = 640;
constexpr int kLookMs = 120;
constexpr int kMeasureAfterMs = 150;

/// Where desktops put what is plugged in.
QString pluggedIn()
{
    for (const QStorageInfo& volume : QStorageInfo::mountedVolumes()) {
        const QString root = volume.rootPath();
        const bool isPlugged =
            root.startsWith(QLatin1String("/media/")) || root.startsWith(QLatin1String("/run/media/"));
        if (isPlugged && volume.isReady() && !volume.isReadOnly()) {
            return root;
        }
    }
    return {};
}

bool isContinue(const QKeyEvent& key)
{
    return (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) &&
           key.modifiers().testFlag(Qt::ControlModifier);
}

} // namespace

CourierDialog::CourierDialog(Theme& theme, CourierJobs jobs, Way way, const QString& folder, QWidget* parent)
    : QDialog(parent), m_jobs(std::move(jobs)), m_way(way), m_message(new MessageBar(theme)),
      m_folder(named(new QLineEdit(folder), "courierFolder", tr("Thư mục của USB"))),
      m_plan(tr("Đang đếm những việc chờ gửi…")), m_ahead(makeLabel({})), m_stage(makeLabel({}, "hint")),
      m_bar(named(new QProgressBar, "courierProgress", tr("Đã làm được")))
{
    const bool isSend = way == Way::Send;
    setWindowTitle(isSend ? tr("Gửi bằng USB") : tr("Nhận trả lời từ USB"));
    setFixedWidth(kWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6 * kGrid, 5 * kGrid, 6 * kGrid, 5 * kGrid);
    column->setSpacing(2 * kGrid);
    column->addWidget(makeLabel(windowTitle(), "heading"));
    column->addWidget(makeLabel(
        isSend ? tr("Dùng khi mất mạng nhiều ngày. Tệp ghi ra được niêm phong: chỉ cổng của thành phố mở "
                    "được, mất USB cũng không lộ. Ghi ra USB không làm mất gì trong hàng đợi.")
               : tr("Cắm USB mà trạm của thành phố đã ghi trả lời. Nhận nhiều lần cũng không sao."),
        "hint"));
    column->addWidget(m_message);
    addFolder(column);
    column->addWidget(m_ahead);
    column->addWidget(m_bar);
    column->addWidget(m_stage);
    column->addSpacing(2 * kGrid);
    column->addStretch(1);
    addButtons(column);
    m_message->dismiss();
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_stage->hide();
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, &CourierDialog::showProgress);
    m_measureSoon.setSingleShot(true);
    m_measureSoon.setInterval(kMeasureAfterMs);
    connect(&m_measureSoon, &QTimer::timeout, this, &CourierDialog::measure);
    connect(m_folder, &QLineEdit::textChanged, this, [this] {
        m_room.clear();
        m_measureSoon.start(); // not for each letter
        look();
    });
    count();
    look();
    findStick();
    measure();
    m_folder->setFocus();
}

void CourierDialog::addFolder(QVBoxLayout* column)
{
    QLabel* label = makeLineLabel(tr("&Thư mục của USB"), "label");
    label->setBuddy(m_folder);
    column->addWidget(label);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * kGrid);
    m_folder->setPlaceholderText(tr("Cắm USB, rồi chọn thư mục của nó"));
    row->addWidget(m_folder, 1);
    auto* choose = makeButton(tr("&Chọn…"), "", "chooseCourierFolder");
    row->addWidget(choose);
    column->addLayout(row);
    connect(choose, &QPushButton::clicked, this, &CourierDialog::choose);
}

void CourierDialog::addButtons(QVBoxLayout* column)
{
    const bool isSend = m_way == Way::Send;
    auto* row = new QHBoxLayout;
    m_leave = makeButton(tr("Đón&g"), "", "leaveCourier", QStringLiteral("Esc"));
    m_begin = makeButton(isSend ? tr("&Ghi ra USB") : tr("&Nhận trả lời"), "primary", "beginCourier",
                         QStringLiteral("Ctrl+Enter"));
    row->addWidget(m_leave);
    row->addStretch();
    row->addWidget(m_begin);
    column->addLayout(row);
    connect(m_leave, &QPushButton::clicked, this, &CourierDialog::reject);
    connect(m_begin, &QPushButton::clicked, this, &CourierDialog::begin);
}

CourierDialog::~CourierDialog()
{
    *m_counting = false; // nobody waits for a count that nobody sees
}

QString CourierDialog::folder() const
{
    return m_folder->text().trimmed();
}

void CourierDialog::choose()
{
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Chọn thư mục của USB"), folder());
    if (!chosen.isEmpty()) {
        m_folder->setText(chosen);
    }
}

/// What would be written, counted beside the window.
void CourierDialog::count()
{
    if (m_way == Way::Receive) {
        return;
    }
    inBackground<Result<ExportPlan>>(
        this,
        [plan = m_jobs.plan, counting = m_counting] { return plan([counting] { return counting->load(); }); },
        [this](Result<ExportPlan> plan) {
            m_plan = plan ? tr("Sẽ ghi: %1").arg(toQString(exportAhead(*plan)))
                          : toQString(explainExport(plan.error()).happened);
            look();
        });
}

/// Beside the window, and waited for by nobody: a network drive that does not answer is mounted, too.
void CourierDialog::findStick()
{
    if (!folder().isEmpty()) {
        return;
    }
    inBackground<QString>(QCoreApplication::instance(), pluggedIn,
                          [self = QPointer<CourierDialog>(this)](const QString& stick) {
                              if (!self.isNull() && self->folder().isEmpty()) {
                                  self->m_folder->setText(stick);
                              }
                          });
}

void CourierDialog::measure()
{
    if (folder().isEmpty() || m_way == Way::Receive) {
        return;
    }
    inBackground<std::optional<std::int64_t>>(
        QCoreApplication::instance(), [at = toUtf8(folder())] { return FolderStick(at).freeBytes(); },
        [self = QPointer<CourierDialog>(this), at = folder()](std::optional<std::int64_t> free) {
            if (!self.isNull() && self->folder() == at && free) {
                self->m_room = QLatin1Char(' ') + tr("USB còn trống %1.").arg(toQString(sizeText(*free)));
                self->look();
            }
        });
}

/// Nothing is opened on the stick for it.
void CourierDialog::look()
{
    if (m_progress) {
        return;
    }
    m_ahead->setText(m_plan + m_room);
    m_ahead->setVisible(m_way == Way::Send);
    m_begin->setEnabled(!folder().isEmpty());
}

/// A second press finds the button off.
void CourierDialog::begin()
{
    if (m_progress || !m_begin->isEnabled()) {
        return;
    }
    m_progress = std::make_shared<Progress>();
    setWindowTitle(m_way == Way::Send ? tr("Đang ghi ra USB") : tr("Đang nhận trả lời"));
    m_message->dismiss();
    m_begin->setEnabled(false);
    m_folder->setEnabled(false);
    m_leave->setText(tr("&Dừng   Esc"));
    m_leave->setFocus();
    m_bar->setRange(0, m_way == Way::Send ? 100 : 0);
    m_bar->setValue(0);
    m_bar->show();
    m_stage->show();
    showProgress();
    m_look.start();
    m_way == Way::Send ? send() : receive();
}

void CourierDialog::send()
{
    const auto progress = m_progress;
    const CourierProgress tell = [progress](CourierStage stage, double share) {
        progress->isProving = stage == CourierStage::Proving;
        progress->percent = static_cast<int>(share * 100);
        return !progress->isStopped;
    };
    inBackground<Result<ExportReport>>(
        this, [write = m_jobs.write, to = toUtf8(folder()), tell] { return write(to, tell); },
        [this](Result<ExportReport> report) {
            if (!report) {
                qWarning("courier: %s", report.error().detail.c_str());
                fail(explainExport(report.error()));
                return;
            }
            if (report->brokenOff) {
                qWarning("courier: %s", report->brokenOff->detail.c_str());
                fail(explainExport(*report->brokenOff, report->volumes.size()));
                return;
            }
            finish(true, tr("USB đã ghi xong và đã được kiểm lại."), toQString(exportDone(*report)));
        });
}

void CourierDialog::receive()
{
    const auto progress = m_progress;
    const StickProgress tell = [progress](std::int64_t) { return !progress->isStopped; };
    inBackground<Result<StickAnswers>>(
        this, [read = m_jobs.read, from = toUtf8(folder()), tell] { return read(from, tell); },
        [this](Result<StickAnswers> answers) {
            emit answered();
            if (!answers) {
                qWarning("courier: %s", answers.error().detail.c_str());
                fail(explainAnswer(answers.error()));
                return;
            }
            const bool isGood = answers->volumes > 0 && answers->refused.empty();
            QString next = toQString(answersDone(*answers));
            for (const auto& refusal : answers->refused) {
                qWarning("courier: %s: %s", refusal.file.c_str(), refusal.error.detail.c_str());
                next += QLatin1Char('\n') + displayText(refusal.file) + QLatin1String(": ") +
                        toQString(explainAnswer(refusal.error).sentence());
            }
            finish(isGood, isGood ? tr("Đã nhận trả lời của cổng.") : tr("Xem kỹ những gì đã nhận được."),
                   next);
        });
}

void CourierDialog::showProgress()
{
    if (!m_progress) {
        return;
    }
    m_bar->setValue(m_progress->percent);
    const QString stage = m_way == Way::Receive ? tr("Đang đọc và kiểm chữ ký của cổng…")
                          : m_progress->isProving ? tr("Đang đọc lại từ USB để kiểm từng byte…")
                                                  : tr("Đang ghi lên USB. Chưa rút USB ra.");
    m_stage->setText(m_progress->isStopped ? tr("Đang dừng…") : stage);
}

void CourierDialog::finish(bool isDone, const QString& what, const QString& next)
{
    m_look.stop();
    m_progress.reset();
    const bool isSend = m_way == Way::Send;
    setWindowTitle(isDone   ? (isSend ? tr("Đã ghi ra USB") : tr("Đã nhận trả lời"))
                   : isSend ? tr("Gửi bằng USB: chưa xong")
                            : tr("Nhận trả lời từ USB: chưa xong"));
    m_bar->hide();
    m_stage->hide();
    m_folder->setEnabled(true);
    m_leave->setText(tr("Đón&g   Esc"));
    look();
    if (isDone) {
        m_ahead->hide(); // what was ahead is done; another folder begins anew
        m_begin->setEnabled(false);
    }
    m_message->show(isDone ? Tone::Good : Tone::Warning, what, next);
    m_leave->setFocus();
    adjustSize();
}

void CourierDialog::fail(const ErrorText& text)
{
    finish(false, toQString(text.happened), toQString(text.safe + ' ' + text.next));
}

void CourierDialog::reject()
{
    if (m_progress) {
        m_progress->isStopped = true;
        showProgress();
        return;
    }
    QDialog::reject();
}

void CourierDialog::keyPressEvent(QKeyEvent* event)
{
    if (isContinue(*event)) {
        if (!event->isAutoRepeat()) {
            begin();
        }
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_folder->hasFocus()) {
        return; // Enter in a field goes on to the next one, it does not begin
    }
    QDialog::keyPressEvent(event);
}

} // namespace motcua
