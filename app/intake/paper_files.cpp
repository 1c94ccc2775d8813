// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake/paper_files.h"

#include "app/common/draft_files.h"
#include "app/files/file_actions.h"
#include "app/files/file_row.h"
#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QFileInfo>

#include <algorithm>

namespace motcua {

PaperFiles::PaperFiles(FileDesk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_actions(new FileActions(desk, this)), m_column(new QVBoxLayout),
      m_busy(new QWidget), m_progress(makeLabel({}, "small")), m_problem(makeLabel({}, "problem"))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    m_column->setSpacing(0);
    outer->addLayout(m_column);
    outer->addWidget(makeProgress());
    outer->addWidget(m_problem);
    m_problem->hide();
    connect(m_actions, &FileActions::announced, this, &PaperFiles::announced);
}

QWidget* PaperFiles::makeProgress()
{
    auto* row = new QHBoxLayout(m_busy);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGrid);
    row->addWidget(m_progress);
    auto* stop = makeButton(tr("Dừng"), "link", "stopFiles");
    stop->setAccessibleName(tr("Dừng đưa tệp vào sổ"));
    connect(stop, &QPushButton::clicked, this, &PaperFiles::stop);
    row->addWidget(stop);
    row->addStretch();
    m_busy->hide();
    return m_busy;
}

void PaperFiles::attach(const QStringList& paths)
{
    if (m_underWay.isEmpty()) {
        m_refusals.clear(); // of the last time; those of files before these in the row stay
    }
    if (m_underWay.size() + paths.size() > kMostAtOnce) {
        m_refusals
            << tr("Mỗi lần đưa vào nhiều nhất %1 tệp; lần này là %2 nên chưa nhận tệp nào. Chọn ít hơn, "
                  "hoặc gộp các trang thành một tệp PDF.")
                   .arg(kMostAtOnce)
                   .arg(m_underWay.size() + paths.size());
        showProgress();
        return;
    }
    for (const QString& path : paths) {
        m_underWay << displayText(QFileInfo(path).fileName());
        m_desk.attach(path, this, [this](const Scanned<NamedFile>& scanned) { take(scanned); });
    }
    showProgress();
}

void PaperFiles::take(const Scanned<NamedFile>& scanned)
{
    m_underWay.removeFirst(); // the desk answers in the order it was asked
    if (!scanned) {
        m_refusals << displayText(scanned.error().message);
    } else if (std::none_of(m_files.begin(), m_files.end(),
                            [&](const NamedFile& file) { return file.sha256 == scanned->sha256; })) {
        add(*scanned); // the same page twice for one paper is a slip of the hand
        emit attached();
    }
    showProgress();
}

void PaperFiles::stop()
{
    if (m_underWay.isEmpty()) {
        return;
    }
    m_desk.giveUp(this);
    m_refusals
        << tr("Đã dừng: %1 tệp chưa vào sổ, kể từ “%2”.").arg(m_underWay.size()).arg(m_underWay.front());
    m_underWay.clear();
    showProgress();
}

void PaperFiles::showProgress()
{
    m_progress->setText(tr("Đang đưa %1 tệp vào sổ…").arg(m_underWay.size()));
    m_busy->setVisible(!m_underWay.isEmpty());
    m_problem->setText(m_refusals.join(QLatin1Char('\n')));
    m_problem->setVisible(!m_refusals.isEmpty());
}

void PaperFiles::add(const NamedFile& file)
{
    auto* row = new FileRow(toQString(file.name), sizeWords(file.size));
    m_files.push_back(file);
    m_rows.push_back(row);
    m_column->addWidget(row);
    auto* look = row->addButton(tr("Xem"), "lookFile", tr("Xem tệp %1"));
    auto* drop = row->addButton(tr("Bỏ"), "removeFile", tr("Bỏ tệp %1"));
    connect(look, &QPushButton::clicked, this, [this, file] { m_actions->look(file, {}); });
    connect(drop, &QPushButton::clicked, this, [this, row] { remove(row); });
    m_desk.picture(file, row->pictureSide(), row, [row](const Result<QImage>& picture) {
        row->setPicture(picture.value_or(QImage())); // without one it keeps the sign of a document
    });
}

void PaperFiles::remove(FileRow* row)
{
    const auto at = std::find(m_rows.begin(), m_rows.end(), row) - m_rows.begin();
    m_rows.erase(m_rows.begin() + at);
    m_files.erase(m_files.begin() + at);
    row->hide();
    row->deleteLater(); // its own button was pressed
    emit removed();
}

Json PaperFiles::toJson() const
{
    Json list = Json::array();
    for (const NamedFile& file : m_files) {
        list.push_back(motcua::toJson(file));
    }
    return list;
}

void PaperFiles::setFiles(const Json& files)
{
    clearLayout(m_column);
    m_rows.clear();
    m_files.clear();
    m_refusals.clear();
    for (const NamedFile& file : filesNamedIn(files)) {
        add(file);
    }
    showProgress();
}

} // namespace motcua
