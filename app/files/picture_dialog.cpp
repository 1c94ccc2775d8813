// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files/picture_dialog.h"

#include "app/theme/theme.h"
#include "app/widgets/display_text.h"
#include "app/widgets/labels.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>

namespace motcua {

PictureDialog::PictureDialog(const QString& name, QImage picture, QWidget* parent)
    : QDialog(parent), m_picture(std::move(picture)), m_sheet(new QLabel), m_scroll(new QScrollArea)
{
    const QString shown = displayText(name);
    setWindowTitle(tr("Xem tệp"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_sheet->setAlignment(Qt::AlignCenter);
    m_sheet->setAccessibleName(tr("Ảnh quét %1").arg(shown));
    m_scroll->setWidget(m_sheet);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAlignment(Qt::AlignCenter);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    column->addWidget(m_scroll, 1);

    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(4 * kGrid, 2 * kGrid, 4 * kGrid, 2 * kGrid);
    row->addWidget(makeLabel(shown, "label"), 1);
    auto* whole = makeButton(tr("Vừa &cửa sổ"), "", "fit", QStringLiteral("0"));
    auto* close = makeButton(tr("Ở cỡ &thật"), "", "full", QStringLiteral("1"));
    auto* leave = makeButton(tr("Đóng"), "primary", "close", QStringLiteral("Esc"));
    row->addWidget(whole);
    row->addWidget(close);
    row->addWidget(leave);
    column->addWidget(bar);
    connect(whole, &QPushButton::clicked, this, [this] { show(true); });
    connect(close, &QPushButton::clicked, this, [this] { show(false); });
    connect(leave, &QPushButton::clicked, this, &QDialog::accept);
    connect(new QShortcut(Qt::Key_0, this), &QShortcut::activated, this, [this] { show(true); });
    connect(new QShortcut(Qt::Key_1, this), &QShortcut::activated, this, [this] { show(false); });
    leave->setDefault(true);
    resize(900, 680);
}

void PictureDialog::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    draw();
}

void PictureDialog::show(bool isWhole)
{
    m_isWhole = isWhole;
    draw();
}

void PictureDialog::draw()
{
    const double ratio = devicePixelRatioF();
    const QSize room = (QSizeF(m_scroll->viewport()->size()) * ratio).toSize();
    const bool shrinks =
        m_isWhole && (m_picture.width() > room.width() || m_picture.height() > room.height());
    QPixmap pixmap = QPixmap::fromImage(
        shrinks ? m_picture.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation) : m_picture);
    pixmap.setDevicePixelRatio(ratio);
    m_sheet->setPixmap(pixmap);
}

} // namespace motcua
