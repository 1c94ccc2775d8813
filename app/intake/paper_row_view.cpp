// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/paper_row_view.h"

#include "app/intake/paper_files.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QSpinBox>

namespace motcua {

namespace {

QString howWords(const Paper& paper, Asked asked)
{
    QString how;
    switch (paper.evidence) {
    case Evidence::HandedIn:
        how = PaperRowView::tr("nộp");
        break;
    case Evidence::Shown:
        how = PaperRowView::tr("xuất trình, trả lại ngay");
        break;
    case Evidence::LookedUp:
        how = PaperRowView::tr("cán bộ tra cứu, không đòi công dân nộp");
        break;
    }
    if (!paper.when.empty()) {
        how += QStringLiteral(" · ") + displayText(paper.when);
    }
    if (asked == Asked::Required) {
        how += PaperRowView::tr(" · bắt buộc");
    }
    return how;
}

QSpinBox* makeCount(const QString& spoken, const char* id)
{
    auto* box = named(new QSpinBox, id, spoken);
    box->setRange(0, 999);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(16 * kGrid);
    return box;
}

/// Files of this computer among what is dragged here.
QStringList localFiles(const QMimeData* dragged)
{
    QStringList paths;
    for (const QUrl& url : dragged->urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

} // namespace

PaperRowView::PaperRowView(const Paper& paper, FileDesk& files, QWidget* parent)
    : QFrame(parent), m_paper(paper), m_check(new QCheckBox), m_how(makeLabel({}, "small")),
      m_originals(makeCount(tr("Bản chính: %1").arg(toQString(paper.name)), "originals")),
      m_copies(makeCount(tr("Bản sao: %1").arg(toQString(paper.name)), "copies")), m_counts(new QWidget),
      m_files(new PaperFiles(files))
{
    setAsked(paper.required ? Asked::Required : Asked::Maybe);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, kGrid, 0, kGrid);
    row->setSpacing(3 * kGrid);
    named(m_check, "paper", toQString(paper.name));
    m_check->setObjectName(QStringLiteral("paper:") + toQString(paper.code));
    row->addWidget(m_check, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    QLabel* name = makeLabel(displayText(paper.name));
    name->setBuddy(m_check);
    words->addWidget(name);
    words->addWidget(m_how);
    words->addWidget(m_files);
    row->addLayout(words, 1);
    auto* attach = makeButton(tr("Đính kèm…"), "link", "attach");
    attach->setAccessibleName(tr("Đính kèm tệp cho %1").arg(toQString(paper.name)));
    row->addWidget(attach, 0, Qt::AlignTop);
    connect(attach, &QPushButton::clicked, this, &PaperRowView::attachWanted);
    connect(m_files, &PaperFiles::attached, this, [this] {
        m_check->setChecked(true);
        emit edited();
    });
    connect(m_files, &PaperFiles::removed, this, &PaperRowView::edited);
    setAcceptDrops(true);

    row->addWidget(makeCounts(), 0, Qt::AlignTop);
    connect(m_check, &QCheckBox::toggled, this, &PaperRowView::setThere);
    connect(m_files, &PaperFiles::announced, this, &PaperRowView::announced);
    m_check->installEventFilter(this);
}

/// Hidden it keeps its room, so that the names of all papers break alike.
QWidget* PaperRowView::makeCounts()
{
    auto* counts = new QHBoxLayout(m_counts);
    counts->setContentsMargins(0, 0, 0, 0);
    counts->setSpacing(2 * kGrid);
    counts->addWidget(makeLineLabel(tr("chính"), "small"));
    counts->addWidget(m_originals);
    counts->addWidget(makeLineLabel(tr("sao"), "small"));
    counts->addWidget(m_copies);
    for (QSpinBox* box : {m_originals, m_copies}) {
        connect(box, &QSpinBox::valueChanged, this, &PaperRowView::edited);
        box->installEventFilter(this);
    }
    QSizePolicy keep = m_counts->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_counts->setSizePolicy(keep);
    m_counts->hide();
    return m_counts;
}

/// A paper that is not there has no scans: they would leave the dossier without a word.
void PaperRowView::setThere(bool there)
{
    const auto files = static_cast<int>(m_files->files().size()) + m_files->underWay();
    if (!there && files > 0) {
        m_check->setChecked(true);
        emit announced(Tone::Warning, tr("Giấy này đang có %1 tệp.").arg(files),
                       tr("Bỏ tệp trước rồi mới bỏ đánh dấu; tệp còn nguyên."));
        return;
    }
    if (there && m_originals->value() + m_copies->value() == 0 && m_paper.evidence != Evidence::LookedUp) {
        m_originals->setValue(1);
    }
    showCounts();
    emit edited();
}

void PaperRowView::setAsked(Asked asked)
{
    m_asked = asked;
    m_how->setText(howWords(m_paper, asked));
}

bool PaperRowView::isThere() const
{
    return m_check->isChecked();
}

Json PaperRowView::component() const
{
    Json component{{"code", m_paper.code},
                   {"name", m_paper.name},
                   {"evidence", std::string(evidenceName(m_paper.evidence))},
                   {"originals", m_originals->value()},
                   {"copies", m_copies->value()}};
    if (!m_files->files().empty()) {
        component["files"] = m_files->toJson();
    }
    return component;
}

void PaperRowView::setComponent(const Json& component)
{
    const auto count = [&](const char* member) {
        const Json& value = at(component, member);
        return value.is_number_integer() ? value.get<int>() : 0;
    };
    m_originals->setValue(count("originals"));
    m_copies->setValue(count("copies"));
    m_files->setFiles(at(component, "files"));
    m_check->setChecked(!component.is_null());
    showCounts();
}

void PaperRowView::focusCheck()
{
    m_check->setFocus(Qt::TabFocusReason);
}

void PaperRowView::attach(const QStringList& paths)
{
    m_files->attach(paths);
}

void PaperRowView::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
        setStyleProperty(this, "role", "drop");
    }
}

void PaperRowView::dragLeaveEvent(QDragLeaveEvent* event)
{
    setStyleProperty(this, "role", "");
    QFrame::dragLeaveEvent(event);
}

void PaperRowView::dropEvent(QDropEvent* event)
{
    setStyleProperty(this, "role", "");
    event->setDropAction(Qt::CopyAction); // whatever was proposed: the original stays where it is
    event->accept();
    attach(localFiles(event->mimeData()));
}

void PaperRowView::showCounts()
{
    m_counts->setVisible(isThere() && m_paper.evidence != Evidence::LookedUp);
}

bool PaperRowView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        emit focused();
    }
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            key->modifiers() == Qt::NoModifier) {
            emit entered();
            return true;
        }
        if (key->key() == Qt::Key_Insert && key->modifiers() == Qt::NoModifier) {
            emit attachWanted();
            return true;
        }
        const bool isFigure = key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9;
        if (watched == m_check && isFigure) {
            m_originals->setValue(key->key() - Qt::Key_0);
            m_check->setChecked(true);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace motcua
