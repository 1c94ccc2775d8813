// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/file_row.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QHBoxLayout>

namespace motcua {

namespace {

constexpr int kPictureWidth = 10 * kGrid;
constexpr int kPictureHeight = 12 * kGrid;

} // namespace

FileRow::FileRow(const QString& name, const QString& detail, QWidget* parent)
    : QFrame(parent), m_name(displayText(name)), m_row(new QHBoxLayout(this)), m_picture(new QLabel),
      m_detail(makeLabel(detail, "small"))
{
    m_row->setContentsMargins(0, kGrid / 2, 0, kGrid / 2);
    m_row->setSpacing(2 * kGrid);
    m_picture->setFixedSize(kPictureWidth, kPictureHeight);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setPixmap(Theme::icon(QStringLiteral("document"), palette().color(QPalette::WindowText))
                             .pixmap(QSize(6 * kGrid, 6 * kGrid), devicePixelRatioF()));
    m_row->addWidget(m_picture);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(makeLabel(m_name));
    words->addWidget(m_detail);
    words->addStretch();
    m_row->addLayout(words, 1);
    setAccessibleName(tr("Tệp %1").arg(m_name));
}

int FileRow::pictureSide() const
{
    return static_cast<int>(kPictureHeight * devicePixelRatioF());
}

void FileRow::setPicture(const QImage& picture)
{
    if (picture.isNull()) {
        return;
    }
    const QSize dots =
        QSizeF(kPictureWidth * devicePixelRatioF(), kPictureHeight * devicePixelRatioF()).toSize();
    QPixmap pixmap = QPixmap::fromImage(picture.scaled(dots, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(pixmap);
    m_picture->setAccessibleName(tr("Ảnh nhỏ của %1").arg(m_name));
}

void FileRow::setDetail(const QString& detail, const char* role)
{
    m_detail->setText(detail);
    setStyleProperty(m_detail, "role", role);
}

QPushButton* FileRow::addButton(const QString& text, const char* id, const QString& spoken)
{
    QPushButton* button = makeButton(text, "link", id);
    button->setAccessibleName(spoken.arg(m_name));
    m_row->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

} // namespace motcua
